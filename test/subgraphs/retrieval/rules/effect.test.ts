import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldTypes } from '../../../../src/vocabulary/item.ts';
import { effectOf, leftOut, lifted, pinsApart } from '../../../../subgraphs/retrieval/rules/effect.ts';
import type { Effect } from '../../../../subgraphs/retrieval/rules/effect.ts';
import { rulesSchema } from '../../../../subgraphs/retrieval/rules/rule.ts';

const TYPES: FieldTypes = { brand: 'string', price: 'number' };
const anyBoots = { words: ['boots'], anywhere: true };

function effect(rules: readonly object[], asked: object = {}): Effect {
  const read = rulesSchema.parse(rules.map((rule, at) => ({ key: `r${at}`, ...rule })));
  return effectOf(read, { words: 'red boots', sort: [], now: 0, ...asked }, TYPES);
}

describe('what rules do together', () => {
  it('is that of those that are about the search, in their order', () => {
    const done = effect([
      { when: { words: ['hats'] }, hide: { ids: ['a'] } },
      { when: anyBoots, pin: ['b', 'a'] },
      { hide: { field: 'brand', in: ['X'] } },
      { when: anyBoots, pin: ['c', 'b'], lift: [{ filter: { ids: ['d'] }, by: 2 }] },
    ]);
    expect(done).toEqual({
      keys: ['r1', 'r2', 'r3'],
      pins: new Map([
        ['b', 'r1'],
        ['a', 'r1'],
        ['c', 'r3'],
      ]),
      shown: { not: { or: [{ field: 'brand', in: ['X'] }] } },
      lifts: [{ filter: { ids: ['d'] }, by: 2 }],
      leftOut: [],
    });
    expect([...done.pins.keys()]).toEqual(['b', 'a', 'c']);
  });

  it('is pinned nothing where another order was asked for', () => {
    const rules = [{ when: anyBoots, pin: ['b'], hide: { ids: ['a'] } }];
    const sorted = (field: string) => effect(rules, { sort: [{ field, direction: 'DESC' }] });
    expect([sorted('RELEVANCE').pins.size, sorted('PRICE').pins.size]).toEqual([1, 0]);
    const thenByPrice = ['RELEVANCE', 'PRICE'].map((field) => ({ field, direction: 'DESC' }));
    expect(effect(rules, { sort: thenByPrice }).pins.size).toBe(1);
    expect(effect(rules, { sort: thenByPrice.toReversed() }).pins.size).toBe(0);
    expect(sorted('PRICE').shown).toEqual({ not: { or: [{ ids: ['a'] }] } });
  });

  it('is a hundred pins at most', () => {
    const ids = (from: number) => Array.from({ length: 50 }, (_, at) => `i${from + at}`);
    const { pins } = effect([0, 50, 100].map((from) => ({ when: anyBoots, pin: ids(from) })));
    expect([...pins.keys()]).toEqual([...ids(0), ...ids(50)]);
  });

  it('leaves out what the catalogue has no fields for, and says so', () => {
    const done = effect([
      { hide: { field: 'price', in: ['red'] }, lift: [{ filter: { ids: ['a'] }, by: 2 }] },
      { lift: [{ filter: { field: 'colour', in: ['red'] }, by: 2 }] },
      { hide: { ids: ['a'] } },
    ]);
    expect({ keys: done.keys, lifts: done.lifts }).toEqual({ keys: ['r2'], lifts: [] });
    expect(leftOut(done).map(({ code, message }) => [code, message.slice(0, 45)])).toEqual([
      ['RULE_LEFT_OUT', 'The rule "r0" was left out: the field "price"'],
      ['RULE_LEFT_OUT', 'The rule "r1" was left out: the field "colour'],
    ]);
  });
});

describe('a lifted score', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
  const red = { filter: { field: 'colour', in: ['RED'] } };
  const item = { id: 'a', fields: (field: string) => (field === 'colour' ? ['red', 'blue'] : []) };

  it('is told where a rule is about a choice that no search can make, and could else hold', () => {
    const wrong = [
      { when: { chosen: { field: 'catgory', in: ['Boots'] } }, pin: ['a'] },
      { when: { chosen: { field: 'price', in: ['cheap'] }, words: ['red boots'] }, pin: ['a'] },
      { when: { chosen: { field: 'catgory', in: ['Boots'] }, words: ['hats'] }, pin: ['a'] },
      { when: { chosen: { field: 'catgory', in: ['Boots'] } }, until: '1960-01-01', pin: ['a'] },
      { when: { chosen: { field: 'brand', in: ['X'] } }, hide: { field: 'size', in: ['5'] } },
    ];
    const done = effect(wrong);
    expect(leftOut(done).map(({ message }) => message.slice(0, 49))).toEqual([
      'The rule "r0" was left out: the field "catgory" c',
      'The rule "r1" was left out: the field "price" can',
    ]);
    expect([done.keys, done.pins.size]).toEqual([[], 0]);
  });

  it('is between 0 and 1, above what it was for more than 1, and keeps the order of what is lifted alike', () => {
    fc.assert(
      fc.property(score, score, factor, (one, other, by) => {
        const [a, b] = [one, other].map((each) => lifted(each, item, [{ ...red, by }])) as [number, number];
        expect(a >= 0 && a <= 1).toBe(true);
        expect(Math.sign(a - one) * Math.sign(by - 1)).toBeGreaterThanOrEqual(by === 1 ? -1 : 0);
        if (one - other > 1e-9) expect(a).toBeGreaterThan(b);
      }),
    );
  });

  it('is one, however many rules lift or hold back the same item', () => {
    for (const by of [0.1, 10]) {
      const many = Array.from({ length: 1000 }, () => ({ ...red, by }));
      for (const one of [0, 0.5, 1]) expect(lifted(one, item, many)).toBeCloseTo(one === 0.5 ? Number(by > 1) : one, 6);
    }
  });

  it('does not depend on the order of rules', () => {
    fc.assert(
      fc.property(score, fc.array(factor, { maxLength: 5 }), (one, factors) => {
        const lifts = factors.map((by) => ({ ...red, by }));
        expect(lifted(one, item, lifts.toReversed())).toBeCloseTo(lifted(one, item, lifts), 12);
      }),
    );
  });

  it('is what the docs say, and that of another item is its own', () => {
    expect([0.5, 0.8].map((one) => lifted(one, item, [{ ...red, by: 2 }]).toFixed(2))).toEqual(['0.67', '0.89']);
    expect(lifted(0.5, item, [{ filter: { not: red.filter }, by: 2 }])).toBe(0.5);
    expect(lifted(0.5, item, [{ filter: { ids: ['a'] }, by: 0.5 }])).toBeCloseTo(1 / 3, 12);
  });
});

describe('pins', () => {
  const hits = ['a', 'b', 'c', 'd'].map((id) => ({ id, score: 0.5, signals: {}, boost: 0 }));

  it('stand apart in their own order, what was not found left out', () => {
    const pins = new Map([
      ['d', 'one'],
      ['x', 'one'],
      ['b', 'two'],
    ]);
    const { first, others } = pinsApart(hits, { pins });
    expect(first.map(({ id, pinnedBy }) => [id, pinnedBy])).toEqual([
      ['d', 'one'],
      ['b', 'two'],
    ]);
    expect(others.map(({ id }) => id)).toEqual(['a', 'c']);
  });
});
