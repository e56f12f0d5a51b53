import type { ItemRow } from './item-index.ts';

/** What several live changes come to: the last of each id. */
export interface ChangeBatch {
  readonly rows: readonly ItemRow[];
  readonly ids: readonly string[];
}

/** A live change. Rows hold vectors that were fitted for one generation. */
export type Change =
  { readonly rows: readonly ItemRow[]; readonly generation: string } | { readonly ids: readonly string[] };

export interface Folded {
  readonly batch: ChangeBatch;
  /** Which ids each change removed, by its place. */
  readonly removed: readonly (readonly string[])[];
}

/** What is known when changes are folded. */
export interface Known {
  /** Of the ids to be removed, those that are there. */
  readonly there: ReadonlySet<string>;
  /** Rows that the index does not take, as if nobody had sent them. */
  readonly refused: ReadonlyMap<ItemRow, unknown>;
}

/** What the changes come to, and which ids each of them removed, as if they were made one by one. */
export function foldChanges(changes: readonly Change[], { there, refused }: Known): Folded {
  const last = new Map<string, ItemRow | null>();
  const removed = changes.map((change) => {
    if ('rows' in change) {
      for (const row of change.rows) if (!refused.has(row)) last.set(row.item.id, row);
      return [];
    }
    const gone = [...new Set(change.ids)].filter((id) => (last.has(id) ? last.get(id) !== null : there.has(id)));
    for (const id of gone) last.set(id, null);
    return gone;
  });
  const rows = [...last.values()].filter((row) => row !== null);
  const ids = [...last].flatMap(([id, row]) => (row ? [] : [id]));
  return { batch: { rows, ids }, removed };
}

/** What of a batch concerns some ids. */
export function changesTo(wanted: ReadonlySet<string>, { rows, ids }: ChangeBatch): ChangeBatch {
  return { rows: rows.filter(({ item }) => wanted.has(item.id)), ids: ids.filter((id) => wanted.has(id)) };
}
