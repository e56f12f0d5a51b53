import type { IndexWriter, ItemIndex } from '../item-index.ts';
import { browseRows } from '../resident/browsing.ts';
import { LanceStore } from './lance-store.ts';
import { lanceIndexWriter } from './lancedb-index-writer.ts';

export interface LanceIndexOptions {
  /** After how many written rows the table is compacted aside. */
  readonly compactAfter?: number;
  /** The most bytes of vectors in memory; without a bound when absent. */
  readonly residentBytes?: number;
}

/**
 * Opens the index of a data folder: LanceDB is the durable store, the full-text index and its filter; vectors and fields are
 * loaded into memory. Errors: DATA_FOLDER_LOCKED, INDEX_FULL.
 */
export async function openLanceIndex(
  folder: string,
  { compactAfter = 500, residentBytes = Infinity }: LanceIndexOptions = {},
): Promise<{ readonly index: ItemIndex; readonly writer: IndexWriter }> {
  const store = await LanceStore.open(folder, residentBytes);
  return { index: lanceItemIndex(store), writer: lanceIndexWriter(store, compactAfter) };
}

function lanceItemIndex(store: LanceStore): ItemIndex {
  return {
    head: () => {
      const resident = store.published?.resident;
      return resident && { ...resident.head, items: resident.rows.size };
    },
    candidates: (query) => store.ask((generation) => generation.candidates(query)),
    items: (ids) => store.ask((generation) => generation.items(ids)),
    vectors: (ids) => store.ask(({ resident }) => ids.map((id) => resident.vectors(id))),
    browse: (page) => store.ask(({ resident }) => browseRows(resident, page)),
    suggest: (prefix, limit) => store.ask(({ resident }) => resident.suggestions.startingWith(prefix, limit)),
    close: () => store.close(),
  };
}
