import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { RowContext } from '../relevance-row.ts';
import type { JudgedQuery } from '../shop/judge.ts';
import { openShop } from '../shop/open-shop.ts';
import type { Shop } from '../shop/open-shop.ts';
import { sourceOf, variantOf } from '../shop/variant.ts';
import type { SourceFields } from '../shop/variant.ts';
import { readRoomPhotos } from './room-photo.ts';
import type { RoomPhoto, RoomPhotos } from './room-photo.ts';

/** Furniture as the product indexes it, with photos of rooms that it stands in. */
export interface RoomShop extends RoomPhotos {
  readonly shop: Shop;
  readonly ids: readonly string[];
  /** With the names of the rooms, which the shop was not told. */
  readonly records: readonly SourceFields[];
}

export async function openRoomShop({ folder, encoded, say }: RowContext): Promise<RoomShop> {
  const catalogue = await encoded.catalogue('ikea');
  const records = await sourceOf(catalogue);
  const variant = await variantOf(
    catalogue,
    records.map(({ rooms: _, ...told }) => told),
  );
  const shop = await openShop(variant.catalogue, { encoded, say });
  await variant.remove();
  const photos = readRoomPhotos(join(folder, 'ikea'), records);
  return { shop, ids: records.map(({ id }) => String(id)), records, ...photos };
}

/** As an uploaded picture. */
export function queriesOf(photos: readonly RoomPhoto[]): Promise<readonly JudgedQuery[]> {
  return Promise.all(photos.map(async ({ file, grades }) => ({ picture: await readFile(file), grades })));
}
