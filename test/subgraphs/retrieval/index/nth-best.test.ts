import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nthBest } from '../../../../subgraphs/retrieval/index/nth-best.ts';

it('is what sorting them all puts at the nth place from the best', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 60 }), fc.nat(20), (scores, n) => {
      const sorted = scores.toSorted((a, b) => b - a);
      expect(nthBest(Float32Array.from(scores), n)).toBe(n > 0 ? sorted[n - 1] : undefined);
      expect(nthBest(Float64Array.from(scores), n)).toBe(n > 0 ? sorted[n - 1] : undefined);
    }),
  );
});
