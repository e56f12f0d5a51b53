import type { GenerationBuild, IndexWriter, ItemRow, RefitRows } from '../index/item-index.ts';
import { LiveChanges } from '../index/live-changes.ts';

/** A writer that a catalogue is built with: what is written live while it is still read and encoded is not lost at the switch. */
export interface WatchingWriter extends IndexWriter {
  /** Remembers live changes until the next build begins to write, from where on the index itself does. Errors: DATA_FOLDER_LOCKED. */
  watch(): Promise<void>;
  /** Forgets them: there is no next build. */
  unwatch(): Promise<void>;
}

export function watchingWriter(writer: IndexWriter): WatchingWriter {
  let early: LiveChanges | undefined;
  let takeBack: (() => Promise<void>) | undefined;
  return {
    watch: async () => {
      takeBack = await writer.announce?.();
      early = new LiveChanges();
    },
    unwatch: async () => {
      early = undefined;
      await takeBack?.();
    },
    upsert: async (rows) => {
      const refused = await writer.upsert(rows);
      const unwritten = new Set(refused.map(({ id }) => id));
      early?.upserted(rows.filter(({ item }) => !unwritten.has(item.id)));
      return refused;
    },
    remove: async (ids) => {
      const removed = await writer.remove(ids);
      early?.removed(removed);
      return removed;
    },
    build: async (head) => {
      const build = await writer.build(head);
      const changes = early?.take() ?? { rows: [], ids: [] };
      early = undefined;
      return withChanges(build, changes);
    },
    compact: () => writer.compact(),
    previous: () => writer.previous(),
    rollback: () => writer.rollback(),
    close: () => writer.close(),
  };
}

/** What was removed meanwhile is not written, and what was upserted is written last. */
function withChanges(
  build: GenerationBuild,
  { rows, ids }: { readonly rows: readonly ItemRow[]; readonly ids: readonly string[] },
): GenerationBuild {
  const gone = new Set(ids);
  return {
    write: (all) => build.write(all.filter(({ item }) => !gone.has(item.id))),
    publish: async (refit?: RefitRows) => {
      const refused = rows.length > 0 ? await build.write(refit ? await refit(rows) : rows) : [];
      return [...refused, ...(await build.publish(refit))];
    },
    abort: () => build.abort(),
  };
}
