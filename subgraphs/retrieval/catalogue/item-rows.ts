import { unit } from '../../../src/vocabulary/vector.ts';
import type { Item } from '../../../src/vocabulary/item.ts';
import type { ItemRow } from '../index/item-index.ts';
import type { ItemEncodings } from './encoding/encode-items.ts';
import { itemText } from './fitting/fit-sample.ts';
import type { Fitting } from './fitting/fitting.ts';

/** Items with the vectors that a generation compares: what encoders made, seen through its fitting. */
export async function itemRows(
  items: readonly { readonly item: Item; readonly encodings: ItemEncodings }[],
  fitting: Fitting,
): Promise<readonly ItemRow[]> {
  const pictured = items.flatMap(({ encodings: { features } }, i) => (features ? [{ i, features }] : []));
  const columns = await fitting.columnsOf(pictured.map(({ features }) => features));
  const byItem = new Map(pictured.map(({ i }, at) => [i, columns[at]]));
  const trained = await fitting.trainedColumnsOf(items.map(({ encodings }) => encodings));
  return items.map(({ item, encodings }, i) => {
    const text = unit(itemText(encodings));
    const { bridged = null, looks = null } = byItem.get(i) ?? {};
    const pictureMatch = bridged ? fitting.pictureMatch({ text, said: item.title, bridged }) : undefined;
    return { item: { ...item, pictureMatch }, vectors: { text, bridged, looks, ...trained[i] } };
  });
}
