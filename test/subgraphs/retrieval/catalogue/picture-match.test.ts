import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_FIELDS, fieldValues } from '../../../../src/vocabulary/item.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { dot, unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { fit } from '../../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import { itemRows } from '../../../../subgraphs/retrieval/catalogue/item-rows.ts';
import { normal, seeded } from '../../../support/random.ts';

const [TEXT, PICTURE] = [16, 40];
const random = seeded(9);
const gaussian = (dims: number): Vector => Float32Array.from({ length: dims }, () => normal(random));
const SHOWS = Array.from({ length: PICTURE }, () => gaussian(TEXT));

/** Pictures show what titles say. */
const LISTINGS = Array.from({ length: 600 }, () => {
  const title = unit(gaussian(TEXT));
  const features = Float32Array.from(SHOWS, (row) => dot(row, title) + 0.3 * normal(random));
  return { says: { title: '' }, title, features, queries: [] };
});

const item: Item = { id: 'a', title: 'a', category: [], images: [], attributes: {} };

function fitted(listings: typeof LISTINGS) {
  const blocks = [{ name: 'backbone', offset: 0, dims: PICTURE, treatment: 'unit', scale: 1 }] as const;
  return fit({ textSpace: 'words@1', imageSpace: 'pictures@1', blocks, items: listings });
}

async function matchesOf(
  listings: readonly { readonly title: Vector; readonly features?: Vector }[],
  fitting = fitted(LISTINGS),
) {
  const rows = await itemRows(
    listings.map((encodings) => ({ item, encodings })),
    fitting,
  );
  return rows.map((row) => row.item.pictureMatch);
}

describe('how well pictures show what words say', () => {
  it('is told of every item with both, and is low where the picture is of something else', async () => {
    const own = LISTINGS.slice(0, 50);
    const others = own.map(({ title }, i) => ({ title, features: LISTINGS[i + 100]?.features }));
    const mean = (all: readonly (number | undefined)[]) =>
      all.reduce<number>((sum, match = NaN) => sum + match, 0) / 50;
    expect(mean(await matchesOf(own))).toBeGreaterThan(0.8);
    expect(mean(await matchesOf(others))).toBeLessThan(0.25);
  });

  it('is absent where an item has no picture, and where the catalogue has no bridge', async () => {
    const [listing = { title: gaussian(TEXT) }] = LISTINGS;
    expect(await matchesOf([{ title: listing.title }])).toEqual([undefined]);
    expect(await matchesOf([listing], fitted(LISTINGS.slice(0, 200)))).toEqual([undefined]);
  });

  it('can be filtered and sorted by', () => {
    expect(BUILT_IN_FIELDS['pictureMatch']).toBe('number');
    expect(fieldValues({ ...item, pictureMatch: 0.2 }, 'pictureMatch')).toEqual([0.2]);
  });
});
