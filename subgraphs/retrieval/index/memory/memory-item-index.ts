import type { GenerationBuild, GenerationHead, IndexWriter, ItemIndex, ItemRow } from '../item-index.ts';
import { LiveChanges } from '../live-changes.ts';
import { fitRows } from '../fit-rows.ts';
import { ResidentGeneration } from '../resident/resident-generation.ts';
import { previousOf } from '../previous-generation.ts';
import { published, residentReader } from '../resident/resident-reader.ts';

/** An index that lives as long as the program: the twin that other adapters are compared with. */
export function openMemoryIndex(): {
  readonly index: ItemIndex;
  readonly writer: IndexWriter;
} {
  const shelf: Shelf = { serving: undefined, previous: undefined, builds: new Set() };
  return {
    index: residentReader(
      () => shelf.serving,
      () => Promise.resolve(),
    ),
    writer: writer(shelf),
  };
}

interface Shelf {
  serving: ResidentGeneration | undefined;
  previous: ResidentGeneration | undefined;
  /** The changes that each unfinished build still has to take over. */
  readonly builds: Set<LiveChanges>;
}

function writer(shelf: Shelf): IndexWriter {
  return {
    build: (head) => Promise.resolve(build(shelf, head)),
    upsert: async (rows) => {
      put(published(shelf.serving), rows);
      for (const changes of shelf.builds) changes.upserted(rows);
      return Promise.resolve([]);
    },
    remove: async (ids) => {
      const generation = published(shelf.serving);
      const removed = ids.filter((id) => generation.delete(id));
      for (const changes of shelf.builds) changes.removed(ids);
      return Promise.resolve(removed);
    },
    compact: () => Promise.resolve(),
    previous: async () => Promise.resolve(previousOf(shelf.previous).head),
    rollback: async () => {
      const { head } = previousOf(shelf.previous);
      [shelf.serving, shelf.previous] = [shelf.previous, shelf.serving];
      return Promise.resolve(head);
    },
    close: () => Promise.resolve(),
  };
}

function put(generation: ResidentGeneration, rows: readonly ItemRow[]): void {
  for (const row of fitRows(generation.head, rows)) generation.put(row);
}

function build(shelf: Shelf, head: GenerationHead): GenerationBuild {
  const generation = new ResidentGeneration(head);
  const changes = new LiveChanges();
  shelf.builds.add(changes);
  return {
    write: async (rows) => {
      put(generation, rows);
      return Promise.resolve([]);
    },
    publish: async (refit) => {
      // Refitting takes time in which more changes may come, so it goes on until there are none.
      for (let left = changes.take(); left.rows.length + left.ids.length > 0; left = changes.take()) {
        for (const id of left.ids) generation.delete(id);
        put(generation, refit ? await refit(left.rows) : left.rows);
      }
      shelf.builds.delete(changes);
      [shelf.serving, shelf.previous] = [generation, shelf.serving];
      return [];
    },
    abort: async () => {
      shelf.builds.delete(changes);
      return Promise.resolve();
    },
  };
}
