import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../../demo/catalogue/random.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { openElasticsearchIndex } from '../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import type { CandidateSet, IndexQuery } from '../../../subgraphs/retrieval/index/item-index.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';
import { BulkAlone } from '../bulk-alone.ts';
import { asRate, inTime } from '../finding.ts';
import type { Finding, Row } from '../finding.ts';
import { clustersOf, MADE_UP_HEAD, madeUpQueries, madeUpRows, noise, SUBJECTS } from '../made-up-items.ts';
import { paired } from '../paired.ts';

const PART = 2000;

/** The same candidates from Elasticsearch, with and without scripts, and from memory. Nothing where ELASTICSEARCH_URL is unset. */
export const elasticsearch: Row = async ({ quick, say }) => {
  const { ELASTICSEARCH_URL: url } = environment();
  if (url === undefined) {
    say('skipped: ELASTICSEARCH_URL names no cluster; npm run elasticsearch starts one');
    return [];
  }
  const nodes = url.split(',');
  const prefix = `medley-bench-${randomUUID()}`;
  const items = quick ? 2000 : 20_000;
  const opened = await openElasticsearchIndex({ nodes, prefix, patience: 120_000, scripts: true });
  const { index: portable, writer } = await openElasticsearchIndex({
    nodes,
    prefix,
    patience: 120_000,
    scripts: false,
  });
  const memory = openMemoryIndex();
  const clusters = clustersOf(SUBJECTS.map(() => direction(MADE_UP_HEAD.dims.text)));
  try {
    await fill([opened.writer, memory.writer], items, (start, end) => madeUpRows(clusters, start, end));
    say(`${items} items are published`);
    while (!portable.head()) await sleep(100);
    const queries = questions(clusters.text);
    const turns = quick ? 5 : 61;
    const ask = (index: typeof portable) => (turn: number) =>
      index.candidates(queries[turn % queries.length] ?? NOTHING);
    const settings = { turns, warmUp: quick ? 5 : 40 };
    const beside = { beside: ask(memory.index), check: agree };
    const scripted = await paired({ medley: ask(opened.index), ...beside }, settings);
    const without = await paired({ medley: ask(portable), beside: ask(opened.index), check: agree }, settings);
    const what = `candidates of ${items.toLocaleString('en')} items`;
    return [
      inTime(scripted, { what: `${what} in Elasticsearch`, beside: 'in memory', means: MEANS }),
      inTime(without, { what: `${what} where no script may run`, beside: 'with scripts', means: MEANS }),
      await againstBulk({ nodes, prefix, writer: opened.writer }, madeUpRows(clusters, 0, quick ? 1000 : 10_000)),
    ] satisfies readonly Finding[];
  } finally {
    await writer.close();
    await opened.writer.close();
    await removeIndexes(nodes, `${prefix}*`);
  }
};

const MEANS = 'The 500 best by words, by text and by looks of a whole query, each scored by all, with counts.';
const WRITING =
  'Documents made and written, found, counted, looked through for recall and published, against the bulk API and a refresh.';
const NOTHING: IndexQuery = { probes: [], candidates: 0 };

interface Written {
  readonly nodes: readonly string[];
  readonly prefix: string;
  readonly writer: Writers[number];
}

/** A generation built and published, against the same documents through the bulk API alone. */
async function againstBulk({ nodes, prefix, writer }: Written, rows: ReturnType<typeof madeUpRows>): Promise<Finding> {
  const bulk = new BulkAlone(nodes[0] ?? '', MADE_UP_HEAD);
  const bodies = bulk.bodiesOf(rows);
  const build = async (turn: number): Promise<number> => {
    const generation = await writer.build({ ...MADE_UP_HEAD, id: `made-up-${turn}` });
    await generation.write(rows);
    await generation.publish();
    return rows.length;
  };
  const pair = {
    medley: build,
    beside: (turn: number) => bulk.write(`${prefix}-bulk-${turn}`, bodies),
    check: (built: number, written: number) => {
      assert.equal(written, built);
    },
  };
  const measured = await paired(pair, { turns: 3, warmUp: 1 });
  await bulk.close();
  const what = 'items into Elasticsearch';
  return asRate(measured, { what, beside: 'the bulk API alone', items: rows.length, means: WRITING });
}

type Writers = readonly ReturnType<typeof openMemoryIndex>['writer'][];

async function fill(
  writers: Writers,
  items: number,
  rows: (from: number, to: number) => ReturnType<typeof madeUpRows>,
): Promise<void> {
  for (const writer of writers) {
    const build = await writer.build(MADE_UP_HEAD);
    for (let from = 0; from < items; from += PART) await build.write(rows(from, Math.min(items, from + PART)));
    await build.publish();
  }
}

const random = seededRandom('elasticsearch');
const direction = (dims: number): Vector => unit(noise(dims, random));

/** Words, and vectors near a subject, as a query of these words is. */
function questions(middles: readonly Vector[]): readonly IndexQuery[] {
  return madeUpQueries(64).map((words, at): IndexQuery => {
    const middle = middles[at % middles.length] ?? direction(MADE_UP_HEAD.dims.text);
    const text = { column: 'text', vector: unit(middle), weight: 1 } as const;
    const bridged = { column: 'bridged', vector: unit(middle), weight: 1 } as const;
    return { words, probes: [text, bridged], candidates: 500 };
  });
}

/** A graph finds nearly all of the nearest, and what both found has the same scores. */
function agree(one: CandidateSet, other: CandidateSet): void {
  const known = new Map(other.candidates.map((candidate) => [candidate.id, candidate]));
  const both = one.candidates.filter(({ id }) => known.has(id));
  assert(both.length > 0.9 * other.candidates.length, `${both.length} of ${other.candidates.length} are the same`);
  for (const { id, cosines } of both)
    cosines.forEach((cosine, at) => {
      assert(Math.abs((cosine ?? 0) - (known.get(id)?.cosines[at] ?? 0)) < 1e-5);
    });
}
