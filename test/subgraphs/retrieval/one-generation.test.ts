import { describe, expect, it } from '@jest/globals';
import { onOneGeneration } from '../../../subgraphs/retrieval/one-generation.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';

/** An index of which another generation serves after each of the first so many times that it was worked on. */
function replaced(times: number) {
  let generation = 0;
  const index = { serving: () => ({ head: { id: String(generation) } }) } as unknown as ServingIndex;
  const publish = (): void => {
    if (generation < times) generation++;
  };
  return { index, publish, serving: () => generation };
}

describe('a search while catalogues are published', () => {
  it('is answered at once where nothing is', async () => {
    const { index } = replaced(0);
    let done = 0;
    await onOneGeneration(index, () => Promise.resolve(done++));
    expect(done).toBe(1);
  });

  it('is made again from the catalogue that serves now', async () => {
    const { index, publish, serving } = replaced(2);
    const seen = await onOneGeneration(index, () => {
      const begun = serving();
      publish();
      return Promise.resolve(begun);
    });
    expect(seen).toBe(2);
  });

  it('is made again where it failed because of that, and only then', async () => {
    const { index, publish, serving } = replaced(1);
    const failing = (): Promise<number> => {
      publish();
      return Promise.reject(new Error(`generation ${String(serving())}`));
    };
    await expect(onOneGeneration(index, failing)).rejects.toThrow('generation 1');
    const once = replaced(1);
    const mended = await onOneGeneration(once.index, () => {
      if (once.serving() === 1) return Promise.resolve('found');
      once.publish();
      return Promise.reject(new Error('half of each'));
    });
    expect(mended).toBe('found');
  });

  it('is answered all the same where catalogues never stop being published', async () => {
    const { index, publish, serving } = replaced(1000);
    await onOneGeneration(index, () => {
      publish();
      return Promise.resolve();
    });
    expect(serving()).toBeLessThan(10);
  });
});
