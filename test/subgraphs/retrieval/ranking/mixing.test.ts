import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diversified, limitedByGroup } from '../../../../subgraphs/retrieval/ranking/diversity.ts';
import { summarise } from '../../../../subgraphs/retrieval/ranking/explanation.ts';
import { countFacet, withoutField } from '../../../../subgraphs/retrieval/ranking/facets.ts';
import { mix } from '../../../../subgraphs/retrieval/ranking/mixing.ts';
import { rankingProfilesSchema } from '../../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import { fieldsOf } from '../../../../src/vocabulary/item.ts';
import type { FieldsOf } from '../../../../src/vocabulary/item.ts';
import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';

const signal = { prior: 0.5 };
const [linear, rrf] = rankingProfilesSchema.parse([
  { key: 'a', version: 1, signals: { LEXICAL: signal, TEXT: signal, IMAGE: { prior: 0 } } },
  { key: 'b', version: 1, signals: { LEXICAL: signal, TEXT: signal, IMAGE: { prior: 0 } }, fusion: 'RRF' },
]);
const weights = (['LEXICAL', 'TEXT'] as const).map((each) => ({
  signal: each,
  weight: 0.5,
  prior: 0.5,
  queryTilt: 0,
  viewerTilt: 0,
}));
const found = (...normalised: readonly number[]) => ({
  raw: Float64Array.from(normalised),
  normalised: Float64Array.from(normalised),
});
const evidence = { LEXICAL: found(0.8, 0), TEXT: found(0.2, 0.9) };

describe('mixing', () => {
  it('explains every score: the contributions sum to it', () => {
    if (!linear) throw new Error('no profile');
    const { scores, signalsAt } = mix(evidence, weights, linear);
    expect(scores).toHaveLength(2);
    scores.forEach((score, place) => {
      const sum = Object.values(signalsAt(place)).reduce((total, { contribution }) => total + contribution, 0);
      expect(sum).toBeCloseTo(score, 12);
    });
  });

  it('gives no lexical term to a hit without a lexical match under RRF, and cuts off by the linear score', () => {
    if (!rrf) throw new Error('no profile');
    const mixed = mix(evidence, weights, rrf);
    const b = mixed.signalsAt(1);
    expect(b.LEXICAL).toMatchObject({ contribution: 0, rank: null });
    expect(b.TEXT?.rank).toBe(1);
    expect(mixed.linear[1]).toBeCloseTo(0.45, 9);
  });

  it('ranks by each signal alone: equal scores share the better place, and what was imputed has none', () => {
    if (!linear) throw new Error('no profile');
    const scores = fc.array(fc.option(fc.integer({ min: 0, max: 5 }), { nil: NaN }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, (given) => {
        const raw = Float64Array.from(given);
        const normalised = raw.map((score) => (Number.isNaN(score) ? 0.5 : score / 5));
        const { signalsAt } = mix({ TEXT: { raw, normalised } }, weights, linear);
        given.forEach((score, place) => {
          const better = given.filter((other) => other > score).length;
          expect(signalsAt(place).TEXT?.rank).toBe(Number.isNaN(score) ? null : better + 1);
        });
      }),
    );
  });

  it('tells in a sentence what carried a hit, and what was assumed', () => {
    const score = { raw: 1, normalised: 0.8, weight: 0.5, contribution: 0.4, rank: 1, imputed: false };
    const sentence = summarise({
      id: 'a',
      score: 0.5,
      boost: 0,
      signals: { LEXICAL: score, IMAGE: { ...score, raw: null, contribution: 0.1, imputed: true } },
    });
    expect(sentence).toBe(
      'Shown because its words match the query (80 % of the match); it has no picture, so an average one was assumed.',
    );
  });
});

describe('diversity', () => {
  const hit = (id: string, score: number) => ({ id, score, signals: {}, boost: 0 });
  const vectors = new Map([
    ['a', Float32Array.of(1, 0)],
    ['a2', Float32Array.of(1, 0)],
    ['b', Float32Array.of(0, 1)],
  ]);

  it('lifts what looks different above a near copy', () => {
    const order = diversified([hit('a', 1), hit('a2', 0.9), hit('b', 0.7)], 0.5, (id) => [vectors.get(id)]);
    expect(order.map(({ id }) => id)).toEqual(['a', 'b', 'a2']);
  });

  it('compares looks with looks and texts with texts, never one with the other', () => {
    const kinds = new Map([
      ['a', [Float32Array.of(1, 0), Float32Array.of(0, 0, 1)]],
      ['text', [null, Float32Array.of(1, 0, 0)]],
      ['twin', [null, Float32Array.of(0, 0, 1)]],
    ]);
    const order = diversified([hit('a', 1), hit('twin', 0.8), hit('text', 0.7)], 0.5, (id) => kinds.get(id) ?? []);
    expect(order.map(({ id }) => id)).toEqual(['a', 'text', 'twin']);
  });

  it('keeps the best variants of a group', () => {
    const kept = limitedByGroup([hit('a', 1), hit('a2', 0.9), hit('b', 0.7)], 1, (id) => id[0]);
    expect(kept.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('facets', () => {
  const item = (id: string, colour: string, amount: number): FieldsOf =>
    fieldsOf({
      id,
      title: id,
      category: [],
      images: [],
      attributes: { colour },
      price: { amount, currency: 'EUR' },
    });
  const items = [item('1', 'red', 5), item('2', 'red', 15), item('3', 'blue', 25)];

  it('count terms, most common first, and mark the chosen', () => {
    expect(countFacet({ field: 'colour', limit: 5 }, { items }, { field: 'colour', in: ['blue'] }).values).toEqual([
      { value: 'blue', count: 1, selected: true },
      { value: 'red', count: 2, selected: false },
    ]);
  });

  it('mark the chosen where any of several will do', () => {
    const or = ['blue', 'green'].map((colour) => ({ field: 'colour', in: [colour] }));
    expect(countFacet({ field: 'colour', limit: 1 }, { items }, { and: [{ or }] }).values).toEqual([
      { value: 'blue', count: 1, selected: true },
      { value: 'green', count: 0, selected: true },
    ]);
  });

  it('mark the chosen as items write them, whatever the case of the filter, and show beside them what no item has', () => {
    const both = [...items, item('4', 'RED', 1), item('5', 'RED', 1), item('6', 'RED', 1)];
    const filter = { and: [{ field: 'colour', in: ['Red', 'green', 'Green'] }] };
    expect(countFacet({ field: 'colour', limit: 1 }, { items: both }, filter).values).toEqual([
      { value: 'RED', count: 5, selected: true },
      { value: 'Green', count: 0, selected: true },
    ]);
  });

  it('count ranges, from inclusive, to exclusive', () => {
    const ranges = [{ to: 15 }, { from: 15 }];
    expect(
      countFacet({ field: 'price', limit: 5, ranges }, { items }, undefined).values.map(({ count }) => count),
    ).toEqual([1, 2]);
  });

  it('tell the least and the greatest number, and none of words', () => {
    const bounds = (field: string) => countFacet({ field, limit: 1 }, { items }, undefined).bounds;
    expect([bounds('price'), bounds('colour'), bounds('size')]).toEqual([
      { least: 5, greatest: 25 },
      undefined,
      undefined,
    ]);
  });

  it.each<[said: string, filter: ItemFilter, chosen: readonly boolean[]]>([
    ['one', { field: 'price', range: { gte: 10, lt: 20 } }, [false, true, false]],
    ['an open one', { and: [{ field: 'price', range: { gte: 20 } }] }, [false, false, true]],
    [
      'several, of which any will do',
      {
        or: [
          { field: 'price', range: { lt: 10 } },
          { field: 'price', range: { gte: 20 } },
        ],
      },
      [true, false, true],
    ],
    ['another', { field: 'price', range: { gt: 10, lt: 20 } }, [false, false, false]],
  ])('mark the chosen range: %s', (_, filter, chosen) => {
    const ranges = [{ to: 10 }, { from: 10, to: 20 }, { from: 20 }];
    const { values } = countFacet({ field: 'price', limit: 5, ranges }, { items }, filter);
    expect(values.map(({ selected }) => selected)).toEqual(chosen);
  });

  it('leave a choice among ranges of their own field out of the filter, too', () => {
    const or = [
      { field: 'price', range: { lt: 10 } },
      { field: 'price', range: { gte: 20 } },
    ];
    expect(withoutField({ and: [{ or }] }, 'price')).toBeUndefined();
    expect(withoutField({ or }, 'brand')).toEqual({ or });
  });

  it('leave their own field out of the filter and nothing else', () => {
    const filter = {
      and: [
        { field: 'colour', in: ['red'] },
        { field: 'brand', in: ['x'] },
      ],
    };
    expect(withoutField(filter, 'colour')).toEqual({ and: [{ field: 'brand', in: ['x'] }] });
  });
});
