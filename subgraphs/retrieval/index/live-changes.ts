import type { ItemRow } from './item-index.ts';

/** The live changes since a build began, by id, the last of each: an upserted row, or null for a deleted item. */
export class LiveChanges {
  readonly #changes = new Map<string, ItemRow | null>();

  upserted(rows: readonly ItemRow[]): void {
    for (const row of rows) this.#changes.set(row.item.id, row);
  }

  removed(ids: readonly string[]): void {
    for (const id of ids) this.#changes.set(id, null);
  }

  /** What has to be written and deleted for a generation to have them; they are forgotten here. */
  take(): { readonly rows: readonly ItemRow[]; readonly ids: readonly string[] } {
    const rows = [...this.#changes.values()].filter((row) => row !== null);
    const ids = [...this.#changes].flatMap(([id, row]) => (row ? [] : [id]));
    this.#changes.clear();
    return { rows, ids };
  }
}
