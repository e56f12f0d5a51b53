import assert from 'node:assert/strict';
import { inTime } from '../finding.ts';
import { knownWords } from '../made-up-items.ts';
import { inOneShop } from '../one-shop.ts';
import { paired } from '../paired.ts';
import { FACETS } from '../search-answer.ts';

const OF_THINGS = `query OfThings($text: String, $perGroup: Int!, $facets: [FacetInput!]!) {
  search(input: { text: $text, perGroup: $perGroup, facets: $facets }, first: 20) {
    totalCount { value }
    edges { node { id title groupId price { amount currency } images { url alt } } }
    facets { field values { value count selected } }
    degradations { code }
  }
}`;

interface Answer {
  readonly totalCount: { readonly value: number };
  readonly edges: readonly { readonly node: { readonly groupId: string } | null }[];
  readonly facets: readonly { readonly values: readonly { readonly value: string; readonly count: number }[] }[];
  readonly degradations: readonly unknown[];
}

/** Each thing once, its variants counted as one, against every item for itself. */
export const things = inOneShop(async (shop, turns) => {
  const warmUp = 20;
  const questions = knownWords(warmUp + turns);
  const against = (textOf: (turn: number) => string | null, holds: typeof check) => {
    const side = (perGroup: number) => async (turn: number) =>
      (await shop.ask<{ search: Answer }>(OF_THINGS, { text: textOf(turn), perGroup, facets: FACETS })).search;
    return paired({ medley: side(1), beside: side(0), check: holds }, { turns, warmUp });
  };
  const of = `${shop.items.toLocaleString('en')} items`;
  const beside = 'every item for itself';
  return [
    inTime(await against((turn) => questions[turn] ?? '', check), {
      what: `whole search, each thing once, ${of}`,
      beside,
      means: 'Things of three items each: the best variant shown, counts and facets of things.',
    }),
    inTime(await against(() => null, checkBrowse), {
      what: `browse, each thing once, ${of}`,
      beside,
      means: 'The whole catalogue without words, counted over every item.',
    }),
  ];
});

function check(grouped: Answer, plain: Answer): void {
  assert.deepEqual([...grouped.degradations, ...plain.degradations], []);
  assert.equal(new Set(grouped.edges.map(({ node }) => node?.groupId)).size, 20);
  for (const { values } of grouped.facets) assert(values.some(({ count }) => count > 0));
}

/** Of a window there may be more things than items: it holds as many of either. */
function checkBrowse(grouped: Answer, plain: Answer): void {
  check(grouped, plain);
  assert(grouped.totalCount.value < plain.totalCount.value, 'there are fewer things than items');
  for (const [place, { values }] of grouped.facets.entries()) {
    const items = new Map(plain.facets[place]?.values.map(({ value, count }) => [value, count]));
    for (const { value, count } of values) assert(count <= (items.get(value) ?? Infinity), `${value}: ${count} things`);
  }
}
