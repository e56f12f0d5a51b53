import { describe, expect, it } from '@jest/globals';
import { memoryEncodingStore } from '../../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { drawSample } from '../../../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { hashingEncoders } from '../../../../support/shop.ts';

const encoders = hashingEncoders();
const photo = (fill: number) => new Float32Array(encoders.picture.dims).fill(fill);

async function drawnFrom(pictures: Readonly<Record<string, readonly number[]>>) {
  const encodings = memoryEncodingStore();
  const shown = Object.values(pictures).flat();
  await encodings.put(encoders.picture.space, new Map(shown.map((fill) => [`p${fill}`, photo(fill)])));
  const titles = Object.keys(pictures).map((id) => [id, new Float32Array(encoders.text.dims).fill(1)] as const);
  await encodings.put(encoders.text.space, new Map(titles));
  const items = Object.entries(pictures).map(([id, fills]) => ({
    item: { id, title: id, category: [], images: [], attributes: {} },
    keys: { title: id, pictures: fills.map((fill) => `p${fill}`) },
    failures: [],
  }));
  return drawSample(items, [], { encoders, encodings });
}

describe('the sample that a catalogue is fitted to', () => {
  it('knows each of several pictures of an item, the first four, beside the mean of all', async () => {
    const { sample, items, photosOf } = await drawnFrom({ one: [1], two: [1, 3], five: [1, 2, 3, 4, 5], none: [] });
    const means = new Map(items.map(({ item }, i) => [item.id, sample.items[i]?.features]));
    expect(means).toEqual(
      new Map([
        ['one', photo(1)],
        ['two', photo(2)],
        ['five', photo(3)],
        ['none', undefined],
      ]),
    );
    const photos = await photosOf?.(['one', 'two', 'five']);
    expect(photos?.get('two')).toEqual([photo(1), photo(3)]);
    expect(photos?.get('five')).toEqual([1, 2, 3, 4].map(photo));
    expect(photos?.has('one')).toBe(false);
  });

  it('has nothing to tell of that where every item has one picture', async () => {
    expect((await drawnFrom({ one: [1], none: [] })).photosOf).toBeUndefined();
  });
});
