import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestPlaces } from '../../../../subgraphs/retrieval/index/best-places.ts';

const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(-Infinity));

describe('the best places', () => {
  it('are those that sorting by score and then by place would take', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 30 }), fc.integer({ min: 0, max: 35 }), (scores, limit) => {
        const sorted = [...scores.keys()]
          .filter((place) => scores[place] !== -Infinity)
          .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
          .slice(0, limit);
        expect(bestPlaces(Float64Array.from(scores), limit)).toEqual(sorted.sort((a, b) => a - b));
      }),
    );
  });
});
