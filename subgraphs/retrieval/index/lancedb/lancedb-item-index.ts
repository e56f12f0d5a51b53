import type { Logger } from '../../../../src/runtime/logger.ts';
import type { IndexWriter, ItemIndex } from '../item-index.ts';
import { residentReader } from '../resident/resident-reader.ts';
import { LanceStore } from './lance-store.ts';
import { lanceIndexWriter } from './lancedb-index-writer.ts';

export interface LanceIndexOptions {
  /** After how many written rows the table is compacted aside. */
  readonly compactAfter?: number;
  /** The most bytes of vectors in memory; without a bound when absent. */
  readonly residentBytes?: number;
  /** Hears of what failed without harm. */
  readonly log?: Logger;
}

/**
 * Opens the index of a data folder: LanceDB keeps it, and what serves is loaded into memory and answered from there.
 * Errors: DATA_FOLDER_LOCKED, INDEX_FULL.
 */
export async function openLanceIndex(
  folder: string,
  { compactAfter = 500, residentBytes = Infinity, log }: LanceIndexOptions = {},
): Promise<{ readonly index: ItemIndex; readonly writer: IndexWriter }> {
  const store = await LanceStore.open(folder, residentBytes, log);
  return {
    index: residentReader(
      () => store.published?.resident,
      () => store.close(),
    ),
    writer: lanceIndexWriter(store, compactAfter, await store.published?.versions()),
  };
}
