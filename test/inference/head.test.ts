import { describe, expect, it } from '@jest/globals';
import { head } from '../../src/inference/head.ts';
import { linearHead } from '../support/linear-head.ts';

const TWO_BY_THREE = linearHead([Float32Array.of(1, 0, 2), Float32Array.of(0, 1, -1)]);

describe('a trained head', () => {
  it('answers a vector for each input, in their order, however many there are', async () => {
    const features = Array.from({ length: 150 }, (_, i) => Float32Array.of(i, 1, 1));
    const vectors = await head(TWO_BY_THREE).run({ features });
    expect(vectors).toHaveLength(150);
    expect(vectors[0]).toEqual(Float32Array.of(2, 0));
    expect(vectors[149]).toEqual(Float32Array.of(151, 0));
  });

  it('answers nothing for nothing', async () => {
    expect(await head(TWO_BY_THREE).run({ features: [] })).toEqual([]);
  });

  it('refuses a model that is none, and inputs of another length', async () => {
    await expect(head(new Uint8Array([1, 2, 3])).run({ features: [Float32Array.of(1)] })).rejects.toThrow();
    await expect(head(TWO_BY_THREE).run({ features: [Float32Array.of(1)] })).rejects.toThrow(/dimension|expected/i);
  });
});
