import { describe, expect, it } from '@jest/globals';
import { liftsOf } from './report-arms.ts';

describe('what a claim of a lift stands beside', () => {
  it('is told as lifts over the same base, without the claim itself', () => {
    const arms = new Map([
      ['ours', [{ MRR: 0.9 }, { MRR: 0.9 }]],
      ['text alone', [{ MRR: 0.3 }, { MRR: 0.5 }]],
      ['random', [{ MRR: 0.1 }, { MRR: 0.1 }]],
    ]);
    const lifts = liftsOf(arms, { measure: 'MRR', base: 'text alone' }, ['ours']);
    expect(Object.keys(lifts)).toEqual(['text alone', 'random']);
    expect(lifts['text alone']).toBe(0);
    expect(lifts['random']).toBeCloseTo(-0.75);
  });
});
