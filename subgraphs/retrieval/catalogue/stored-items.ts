import { MedleyError } from '../../../src/runtime/errors.ts';
import type { ItemIndex } from '../index/item-index.ts';
import type { MappedItem } from './reading/item-mapping.ts';

/** Items that are read at once. */
const PART = 1000;

/**
 * Every item of the generation that serves, as if it were read from a catalogue; its pictures by the URLs that it shows them at.
 *
 * @throws MedleyError RETRIEVAL_UNAVAILABLE where some of the index does not answer: its items would be missing in the next generation
 */
export async function storedItems(index: Pick<ItemIndex, 'browse' | 'items'>): Promise<readonly MappedItem[]> {
  const { ids, partial } = await index.browse({ limit: Infinity });
  if (partial)
    throw new MedleyError(
      'RETRIEVAL_UNAVAILABLE',
      'Some of the catalogue did not answer. Nothing was changed; try again.',
    );
  const stored: MappedItem[] = [];
  for (let from = 0; from < ids.length; from += PART) {
    const items = await index.items(ids.slice(from, from + PART));
    // One that was deleted meanwhile is gone.
    for (const item of items) if (item) stored.push({ item, pictures: item.images.map(({ url }) => url) });
  }
  return stored;
}
