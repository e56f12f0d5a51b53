import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LoggedSearch } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';
import { TypedOn } from '../../../../subgraphs/retrieval/query-log/typed-on.ts';
import { logged } from '../searched/logged.ts';

/** The words of those that count of searches given the oldest first: words, second and viewer. */
function counted(...searches: readonly (readonly [typed: string, second: number, viewer?: number])[]) {
  return countedOf(searches.map(([typed, second, viewer = 1]) => logged(typed, { at: second * 1000, viewer })));
}

function countedOf(searches: readonly LoggedSearch[]): readonly string[] {
  const typedOn = new TypedOn();
  const kept = searches.toReversed().flatMap((search) => typedOn.take(search));
  const all = [...kept, ...typedOn.end()];
  expect(typedOn.left).toBe(searches.length - all.length);
  return all.toSorted((a, b) => a.at - b.at).map(({ typed }) => typed);
}

describe('searches at every keystroke', () => {
  it('count as the one that they became', () => {
    expect(counted(['r', 0], ['red', 1], ['red sn', 3], ['red snea', 3], ['red sneaker', 7])).toEqual(['red sneaker']);
  });

  it('count as what was typed furthest, where letters are taken off again', () => {
    expect(counted(['rex', 0], ['re', 1], ['red', 2], ['re', 3], ['r', 4], ['ru', 5], ['rug', 6])).toEqual([
      'rex',
      'red',
      'rug',
    ]);
  });

  it('count once where the same words were sent again at once', () => {
    expect(counted(['rug', 0], ['rug', 1], ['rug', 2])).toEqual(['rug']);
    expect(counted(['rug', 0], ['rug', 60])).toEqual(['rug', 'rug']);
  });

  it('count as they were before the viewer narrowed what they found, unless something was chosen from that', () => {
    const rug = (at: number, own: Parameters<typeof logged>[1] = {}) => logged('rug', { at, viewer: 1, ...own });
    const [whole, narrowed] = [rug(0), rug(1, { alone: false })];
    const typedOn = new TypedOn();
    expect([...[narrowed, whole].flatMap((search) => typedOn.take(search)), ...typedOn.end()]).toEqual([whole]);
    expect(countedOf([narrowed, rug(2)])).toEqual(['rug']);
    expect(countedOf([whole, rug(2, { alone: false, chosen: [2] })])).toEqual(['rug', 'rug']);
  });

  it('count each where the viewer paused, searched for something else, or is another one', () => {
    expect(counted(['rug', 0], ['rug red', 6])).toEqual(['rug', 'rug red']);
    expect(counted(['rug', 0], ['lamp', 1])).toEqual(['rug', 'lamp']);
    expect(counted(['rug', 0, 1], ['rug red', 1, 2])).toEqual(['rug', 'rug red']);
  });

  it('count where something was chosen from them', () => {
    const [first, last] = [logged('rug', { at: 0, viewer: 1, chosen: [2] }), logged('rug red', { at: 1, viewer: 1 })];
    expect(countedOf([first, last])).toEqual(['rug', 'rug red']);
  });

  it('never lose a viewer: one of those within a pause counts at least', () => {
    const search = fc.record({
      typed: fc.constantFrom('r', 're', 'red', 'red rug', 'blue'),
      at: fc.nat(60_000),
      viewer: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(search, { minLength: 1, maxLength: 30 }), (given) => {
        const searches = given.toSorted((a, b) => a.at - b.at).map(({ typed, ...own }) => logged(typed, own));
        const typedOn = new TypedOn();
        const all = [...searches.toReversed().flatMap((own) => typedOn.take(own)), ...typedOn.end()];
        expect(new Set(all.map(({ viewer }) => viewer))).toEqual(new Set(searches.map(({ viewer }) => viewer)));
        expect(all.every((own) => searches.includes(own))).toBe(true);
      }),
    );
  });
});
