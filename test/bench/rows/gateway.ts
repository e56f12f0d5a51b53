import assert from 'node:assert/strict';
import { httpTransport } from '../../../src/gateway/subgraph-client/http-transport.ts';
import { openPeer } from '../../../src/runtime/peer.ts';
import { inTime } from '../finding.ts';
import type { Finding, Row } from '../finding.ts';
import { openOtherSide } from '../other-side.ts';
import { paired } from '../paired.ts';
import type { Measured, Spread } from '../paired.ts';
import type { SearchAnswer } from '../search-answer.ts';
import { openMedleys, openPlain, record, replay } from '../two-gateways.ts';
import type { Listening } from '../two-gateways.ts';

/** Requests a turn: one alone is too short for the clock. */
const EACH = 25;

/** What a gateway computes for a request: Medley's and a plain one of Apollo, over the same subgraphs that always answer the same. */
export const gateway: Row = async ({ quick, folder, say }) => {
  const recorded = await record(folder);
  const other = await openOtherSide(folder, recorded);
  say('the subgraphs answer what was recorded');
  const [apart, within, plain] = await Promise.all([
    openMedleys((name) => httpTransport(openPeer(`${other.origin}/${name}`, 'a secret of the bench'))),
    openMedleys((name) => replay(recorded[name])),
    openPlain(other.origin),
  ]);
  const against = async (own: Listening, what: string, means: string): Promise<Finding> => {
    const measured = await paired(
      {
        medley: () => other.ask({ url: own.url, times: EACH }),
        beside: () => other.ask({ url: plain.url, times: EACH }),
        check: sameAnswers,
      },
      { turns: quick ? 3 : 41, warmUp: quick ? 1 : 8, clock: 'cpu' },
    );
    return inTime(aRequest(measured), { what, beside: 'plain Apollo Gateway', means });
  };
  try {
    return [
      await against(
        apart,
        'gateway, CPU a request',
        'Three subgraphs over HTTP; the entry within Medley, over HTTP for the other, which has all its defaults.',
      ),
      await against(
        within,
        'gateway, CPU a request, in one process',
        "The same where Medley's subgraphs are in its process, as they are unless told otherwise.",
      ),
    ];
  } finally {
    for (const opened of [apart, within, plain, other]) await opened.close();
  }
};

function aRequest({ medley, beside, ratio }: Measured): Measured {
  const share = ({ median, low, high }: Spread) => ({ median: median / EACH, low: low / EACH, high: high / EACH });
  return { medley: share(medley), beside: share(beside), ratio };
}

/** All but the id of the query, which the entry makes anew each time. */
function sameAnswers(medley: readonly string[], plain: readonly string[]): void {
  assert.equal(medley.length, EACH);
  medley.forEach((answer, i) => {
    const [own, others] = [answer, plain[i] ?? ''].map(searchIn);
    assert(own && own.edges.length > 10, 'the page is as good as full');
    assert.deepEqual({ ...own, id: '' }, { ...others, id: '' });
  });
}

function searchIn(answer: string): SearchAnswer {
  const { data, errors } = JSON.parse(answer) as { data?: { search: SearchAnswer }; errors?: unknown };
  assert(data, `a gateway failed: ${JSON.stringify(errors)}`);
  return data.search;
}
