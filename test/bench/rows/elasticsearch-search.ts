import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openEncoders } from '../../../src/inference/open-encoders.ts';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { queryEmbeddingConfig } from '../../../subgraphs/query-embedding/config.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { BareElasticsearch, candidatesIn } from '../bare-elasticsearch.ts';
import type { BareAnswer } from '../bare-elasticsearch.ts';
import { inTime } from '../finding.ts';
import type { Finding, Row } from '../finding.ts';
import { knownWords } from '../made-up-items.ts';
import { paired } from '../paired.ts';
import { checkAnswer } from '../search-answer.ts';
import type { SearchAnswer } from '../search-answer.ts';
import { openShop, writeShop } from '../searched-shop.ts';
import type { SearchedShop } from '../searched-shop.ts';

const SIZES = { full: '10000,100000', quick: '2000' } as const;
const GOAL = { atMost: 1.15 };

/** Whole searches over Elasticsearch against the bare request for the same candidates. Nothing where ELASTICSEARCH_URL is unset. */
export const elasticsearchSearch: Row = async ({ quick, folder, say }) => {
  const { ELASTICSEARCH_URL: url, MEDLEY_BENCH_ITEMS: sizes = quick ? SIZES.quick : SIZES.full } = environment();
  if (url === undefined) {
    say('skipped: ELASTICSEARCH_URL names no cluster; npm run elasticsearch starts one');
    return [];
  }
  const encoders = await openEncoders(queryEmbeddingConfig({}).models);
  const findings: Finding[] = [];
  try {
    for (const items of sizes.split(',').map(Number)) {
      const prefix = `medley-bench-${randomUUID()}`;
      const env = { MEDLEY_INDEX: 'elasticsearch', ELASTICSEARCH_URL: url, ELASTICSEARCH_PREFIX: prefix };
      const place = join(folder, String(items));
      await writeShop(place, items, env);
      const shop = await openShop(place, encoders, env);
      say(`${items} items are served`);
      const [node = ''] = url.split(',');
      const bare = new BareElasticsearch(node, prefix);
      try {
        findings.push(...(await againstBare({ shop, bare, encoders }, quick ? 5 : 61)));
      } finally {
        await Promise.all([shop.close(), bare.close()]);
        await removeIndexes(url.split(','), `${prefix}*`);
      }
    }
    return findings;
  } finally {
    await encoders.close();
  }
};

interface Compared {
  readonly shop: SearchedShop;
  readonly bare: BareElasticsearch;
  readonly encoders: Encoders;
}

async function againstBare({ shop, bare, encoders }: Compared, turns: number): Promise<readonly Finding[]> {
  // A shop that serves has long been compiled.
  const warmUp = 4 * turns;
  const questions = knownWords(warmUp + turns);
  const plans = await Promise.all(questions.map((text) => shop.plan(text)));
  const bodies = plans.map((plan) => BareElasticsearch.bodyOf(plan, shop.head));
  const medley = (turn: number): Promise<SearchAnswer> => shop.search(questions[turn] ?? '');
  const alone = (turn: number): Promise<BareAnswer> => bare.search(bodies[turn] ?? '');
  const encoded = async (turn: number): Promise<BareAnswer> => {
    await encoders.text.encode([{ text: questions[turn] ?? '', role: 'query' }]);
    return alone(turn);
  };
  let checked = 0;
  const check = (answer: SearchAnswer, found: BareAnswer): void => {
    checkAnswer(answer, candidatesIn(found, plans[checked++ % plans.length] ?? { probes: [], candidates: 0 }));
  };
  const fresh = await paired({ medley, beside: encoded, check }, { turns, warmUp });
  const again = await paired({ medley, beside: alone, check }, { turns, warmUp });
  const what = `whole search, ${shop.items.toLocaleString('en')} items in Elasticsearch`;
  return [
    inTime(fresh, { what, beside: 'its encoder and the bare request', means: MEANS }, GOAL),
    inTime(again, { what: `${what}, asked before`, beside: 'the bare request', means: REMEMBERED }, GOAL),
  ];
}

const MEANS =
  'Over HTTP with encoding, counts, items, ranking, explanation, facets and 20 hits, against encoding and the one request for the same candidates.';
const REMEMBERED = 'The same where the vector of the words is remembered.';
