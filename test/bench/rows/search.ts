import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openEncoders } from '../../../src/inference/open-encoders.ts';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import { queryEmbeddingConfig } from '../../../subgraphs/query-embedding/config.ts';
import type { IndexQuery } from '../../../subgraphs/retrieval/index/item-index.ts';
import { inTime } from '../finding.ts';
import type { Finding, Row } from '../finding.ts';
import { knownWords } from '../made-up-items.ts';
import { paired } from '../paired.ts';
import { checkAnswer } from '../search-answer.ts';
import { openShop, writeShop } from '../searched-shop.ts';
import type { SearchedShop } from '../searched-shop.ts';

const SIZES = { full: [5_000, 50_000, 200_000], quick: [1000, 3000] } as const;

/** Whole searches over HTTP against what they ask of the index, at several sizes, and the memory that items take. */
export const search: Row = async ({ quick, folder, say }) => {
  const turns = quick ? 5 : 61;
  const encoders = await openEncoders(queryEmbeddingConfig({}).models);
  const shops: MeasuredShop[] = [];
  try {
    for (const items of quick ? SIZES.quick : SIZES.full) {
      const place = join(folder, String(items));
      await writeShop(place, items);
      shops.push(await opened(place, encoders));
      say(`${items} items are served`);
    }
    const questions = knownWords(20 + turns);
    const findings: Finding[] = [];
    for (const { shop } of shops) findings.push(...(await againstIndex(shop, questions, turns)));
    findings.push(...(await growth(shops, questions, turns)), ...(quick ? [] : memory(shops)));
    return findings;
  } finally {
    for (const { shop } of shops) await shop.close();
    await encoders.close();
  }
};

interface MeasuredShop {
  readonly shop: SearchedShop;
  readonly seconds: number;
  /** By how many bytes opening it grew the process. */
  readonly grown: number;
}

async function opened(folder: string, encoders: Encoders): Promise<MeasuredShop> {
  const resident = () => (global.gc?.(), process.memoryUsage().rss);
  const [before, from] = [resident(), performance.now()];
  const shop = await openShop(folder, encoders);
  const seconds = (performance.now() - from) / 1000;
  return { shop, seconds, grown: resident() - before };
}

/** Each question twice: with words that nobody asked before, and again, when their vector is remembered. */
async function againstIndex(
  shop: SearchedShop,
  questions: readonly string[],
  turns: number,
): Promise<readonly Finding[]> {
  const plans = await Promise.all(questions.map((text) => shop.plan(text)));
  const pair = pairOf(shop, questions, plans);
  for (const plan of plans) await shop.candidates(plan);
  const fresh = await paired(pair, { turns, warmUp: questions.length - turns });
  const again = await paired(pair, { turns, warmUp: questions.length - turns });
  const what = `whole search, ${shop.items.toLocaleString('en')} items`;
  const beside = 'its index alone';
  return [
    inTime(fresh, {
      what,
      beside,
      means: 'Over HTTP with encoding, ranking, explanation, facets and 20 hits, against scoring the same candidates.',
    }),
    inTime(again, {
      what: `${what}, asked before`,
      beside,
      means: 'The same where the vector of the words is remembered.',
    }),
  ];
}

function pairOf(shop: SearchedShop, questions: readonly string[], plans: readonly IndexQuery[]) {
  const none: IndexQuery = { probes: [], candidates: 0 };
  return {
    medley: (turn: number) => shop.search(questions[turn] ?? ''),
    beside: (turn: number) => shop.candidates(plans[turn] ?? none),
    check: checkAnswer,
  };
}

/** The same questions at one size and the next, by turns. */
async function growth(
  shops: readonly MeasuredShop[],
  questions: readonly string[],
  turns: number,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [i, { shop: larger }] of shops.entries()) {
    const smaller = shops[i - 1]?.shop;
    if (!smaller) continue;
    const measured = await paired(
      {
        medley: (turn) => larger.search(questions[turn] ?? ''),
        beside: (turn) => smaller.search(questions[turn] ?? ''),
        check: (a, b) => {
          assert.equal(a.edges.length, b.edges.length);
        },
      },
      { turns, warmUp: questions.length - turns },
    );
    findings.push(
      inTime(measured, {
        what: `whole search as items grow, ${larger.items.toLocaleString('en')}`,
        beside: `${smaller.items.toLocaleString('en')} items`,
        means: `What ${(larger.items / smaller.items).toFixed(0)} times the items cost.`,
      }),
    );
  }
  return findings;
}

/** The largest shop grew the process by more than the smallest did: that is the items' doing. */
function memory(shops: readonly MeasuredShop[]): readonly Finding[] {
  const [smallest, largest] = [shops[0], shops.at(-1)];
  if (!smallest || !largest) return [];
  const an = (largest.grown - smallest.grown) / (largest.shop.items - smallest.shop.items);
  const vectors = largest.shop.vectorBytes;
  return [
    {
      what: 'memory an item',
      medley: { value: an, unit: 'bytes' },
      beside: { name: 'its vectors', value: vectors, unit: 'bytes' },
      means:
        'Resident memory of the process after opening: vectors, words, fields, the item itself, and what loading left.',
    },
    {
      what: `start with ${largest.shop.items.toLocaleString('en')} items`,
      medley: { value: largest.seconds, unit: 's' },
      means: 'From nothing open to answering, the encoders not counted.',
    },
  ];
}
