import { describe, expect, it } from '@jest/globals';
import type { Reaction } from '../../../../src/vocabulary/viewer-event.ts';
import { shownIn } from '../../../../subgraphs/retrieval/query-log/logged-search.ts';

const hits = ['red', 'tall', 'wide', 'last'].map((id) => ({ id, score: 1, boost: 0, signals: {} }));

/** What each item of the first page of three was worth to the viewer. */
function worths(...reactions: readonly Partial<Reaction>[]) {
  const told = reactions.map((reaction) => ({ queryId: 'q', itemId: 'blue', worth: 1, ...reaction }));
  return shownIn({ hits }, { first: 3 }, told).map(({ item, worth }) => [item, worth]);
}

const NOTHING = [
  ['red', 0],
  ['tall', 0],
  ['wide', 0],
];

describe('what a search showed', () => {
  it('takes the choice of a variant for one of the hit beside which it was met, the stronger of both', () => {
    expect(worths({ position: 2 })).toEqual(NOTHING.with(1, ['tall', 1]));
    expect(worths({ itemId: 'tall', worth: 4 }, { position: 2 })).toEqual(NOTHING.with(1, ['tall', 4]));
    expect(worths({ itemId: 'tall' }, { position: 2, worth: 8 })).toEqual(NOTHING.with(1, ['tall', 8]));
  });

  it('takes a hit for itself, whatever position was told', () => {
    expect(worths({ itemId: 'wide', position: 1 })).toEqual(NOTHING.with(2, ['wide', 1]));
  });

  it('knows nothing of what was chosen at no position of it', () => {
    for (const position of [undefined, 0, 5]) expect(worths({ position })).toEqual(NOTHING);
  });
});
