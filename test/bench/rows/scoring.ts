import assert from 'node:assert/strict';
import { seededRandom } from '../../../demo/catalogue/random.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import { queryTerms, wayOf } from '../../../subgraphs/retrieval/index/lexicon.ts';
import { ResidentGeneration } from '../../../subgraphs/retrieval/index/resident/resident-generation.ts';
import { atMost, inTime } from '../finding.ts';
import type { Row } from '../finding.ts';
import { clustersOf, MADE_UP_HEAD, madeUpQueries, madeUpRows, noise, SUBJECTS } from '../made-up-items.ts';
import { paired } from '../paired.ts';
import { COLUMNS, PlainShop } from '../plain-shop.ts';
import type { Asked, Scores } from '../plain-shop.ts';

const LONGEST = 50;

/** Every item scored by its words, its text, its picture carried into the text space, and its looks. */
export const scoring: Row = async ({ quick, say }) => {
  const items = quick ? 2000 : 50_000;
  const { queries, rows } = madeUp(items);
  const [medley, plain] = [new ResidentGeneration(MADE_UP_HEAD), new PlainShop(rows)];
  for (const row of rows) medley.put(row);
  say(`${items} items are in memory`);
  const measured = await paired(
    {
      medley: (turn) => scoresOf(medley, queries(turn)),
      beside: (turn) => plain.scores(queries(turn)),
      check: agree,
    },
    { turns: quick ? 5 : 101, warmUp: quick ? 2 : 10 },
  );
  const finding = inTime(measured, {
    what: `${items.toLocaleString('en')} items scored by every signal`,
    beside: 'plain loops',
    means: 'BM25 of the items that match and three cosines of every item, on one thread, against loops over arrays.',
  });
  return [{ ...finding, goal: atMost(measured.medley.median, LONGEST, 'ms') }];
};

function madeUp(items: number) {
  const random = seededRandom('scoring');
  const direction = (dims: number) => unit(noise(dims, random));
  const { text, bridged, looks } = MADE_UP_HEAD.dims;
  const clusters = clustersOf(SUBJECTS.map(() => direction(text)));
  const asked = madeUpQueries(64).map((words): Asked => {
    const vectors = { text: direction(text), bridged: direction(bridged), looks: direction(looks) };
    return { terms: queryTerms(words), vectors };
  });
  const queries = (turn: number): Asked => {
    const query = asked[turn % asked.length];
    assert(query);
    return query;
  };
  return { queries, rows: madeUpRows(clusters, 0, items) };
}

function scoresOf(shop: ResidentGeneration, { terms, vectors }: Asked): Scores {
  const columns = COLUMNS.map((name) => shop.column(name)?.scores(vectors[name], shop.rows.span) ?? new Float32Array());
  return [shop.words.scores(wayOf(terms), shop.fields.mask()), ...columns];
}

/** Sums in another order differ in the last digits and no more. */
function agree(medley: Scores, plain: Scores): void {
  assert.equal(medley.length, plain.length);
  assert(
    medley[0]?.some((score) => score > 0),
    'some items match the words',
  );
  medley.forEach((scores, signal) => {
    const others = plain[signal];
    assert.equal(scores.length, others?.length);
    for (const [row, score] of scores.entries()) {
      const off = Math.abs(score - (others?.[row] ?? NaN));
      assert(off < 1e-4, `item ${row} has ${score} by signal ${signal}, ${others?.[row]} was expected`);
    }
  });
}
