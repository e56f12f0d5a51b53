import type { Vector } from '../../../src/vocabulary/vector.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import type { ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';
import { servingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import { seeded, shuffled } from '../../support/random.ts';
import { shopOf } from './open-shop.ts';
import type { Shop, ShopPorts } from './open-shop.ts';

/**
 * The same shop, bridge and calibration, but every item with a picture shows that of another one: whatever pictures brought must
 * be gone. (A build of shuffled pictures would show less: the bridge is then left off, and pictures count for nothing anyway.)
 */
export async function withSwappedPictures(shop: Shop, ids: readonly string[], ports: ShopPorts): Promise<Shop> {
  const rows = await rowsOf(shop, ids);
  const pictured = rows.filter(({ vectors }) => vectors.looks);
  const others = new Map(
    shuffled(pictured, seeded(7)).map(({ vectors }, i) => [pictured[i]?.item.id, vectors] as const),
  );
  const { index, writer } = openMemoryIndex();
  const { head } = shop.index.serving();
  const build = await writer.build({ ...head, id: `${head.id}-swapped` });
  await build.write(rows.map((row) => swapped(row, others.get(row.item.id))));
  await build.publish();
  return shopOf(servingIndex(index), shop.built, ports);
}

async function rowsOf({ index }: Shop, ids: readonly string[]): Promise<readonly ItemRow[]> {
  const [items, vectors] = [await index.items(ids), await index.vectors(ids)];
  return items.flatMap((item, i) => {
    const own = vectors[i];
    return item && own ? [{ item, vectors: own }] : [];
  });
}

interface PictureVectors {
  readonly bridged: Vector | null;
  readonly looks: Vector | null;
}

function swapped({ item, vectors }: ItemRow, other: PictureVectors | undefined): ItemRow {
  return { item, vectors: { ...vectors, ...(other && { bridged: other.bridged, looks: other.looks }) } };
}
