import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import type { GenerationBuild, GenerationHead, IndexWriter, ItemIndex, ItemRow } from '../item-index.ts';
import { LiveChanges } from '../live-changes.ts';
import { browseRows } from '../resident/browsing.ts';
import { findCandidates } from '../resident/candidate-rows.ts';
import { ExactWords } from '../resident/exact-words.ts';
import { fitRows, ResidentGeneration } from '../resident/resident-generation.ts';

/** An index that lives as long as the program, exact in everything: the twin that other adapters are compared with. */
export function openMemoryIndex(): { readonly index: ItemIndex; readonly writer: IndexWriter } {
  const shelf: Shelf = { serving: undefined, builds: new Set() };
  return { index: reader(shelf), writer: writer(shelf) };
}

interface Shelf {
  serving: MemoryGeneration | undefined;
  /** The changes that each unfinished build still has to take over. */
  readonly builds: Set<LiveChanges>;
}

class MemoryGeneration {
  readonly resident: ResidentGeneration;
  readonly words: ExactWords;
  readonly items = new Map<string, Item>();

  constructor(head: GenerationHead) {
    this.resident = new ResidentGeneration(head);
    this.words = new ExactWords(this.resident);
  }

  put(rows: readonly ItemRow[]): void {
    for (const row of fitRows(this.resident.head, rows)) {
      this.items.set(row.item.id, row.item);
      this.resident.put(row);
      this.words.put(row.item);
    }
  }

  delete(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => {
      this.words.delete(id);
      this.items.delete(id);
      return this.resident.delete(id);
    });
  }
}

function serving(shelf: Shelf): MemoryGeneration {
  if (!shelf.serving) throw new MedleyError('NOT_READY', 'no catalogue is published yet: index one first');
  return shelf.serving;
}

function reader(shelf: Shelf): ItemIndex {
  return {
    head: () => {
      const generation = shelf.serving;
      return generation && { ...generation.resident.head, items: generation.items.size };
    },
    candidates: async (query) => {
      const { resident, words } = serving(shelf);
      return findCandidates(resident, query, words.scores);
    },
    items: async (ids) => {
      const { items } = serving(shelf);
      return Promise.resolve(ids.map((id) => items.get(id)));
    },
    vectors: async (ids) => {
      const { resident } = serving(shelf);
      return Promise.resolve(ids.map((id) => resident.vectors(id)));
    },
    browse: async (page) => Promise.resolve(browseRows(serving(shelf).resident, page)),
    suggest: async (prefix, limit) => Promise.resolve(serving(shelf).resident.suggestions.startingWith(prefix, limit)),
    close: () => Promise.resolve(),
  };
}

function writer(shelf: Shelf): IndexWriter {
  return {
    build: (head) => Promise.resolve(build(shelf, head)),
    upsert: async (rows) => {
      serving(shelf).put(rows);
      for (const changes of shelf.builds) changes.upserted(rows);
      return Promise.resolve();
    },
    remove: async (ids) => {
      const removed = serving(shelf).delete(ids);
      for (const changes of shelf.builds) changes.removed(ids);
      return Promise.resolve(removed);
    },
    compact: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function build(shelf: Shelf, head: GenerationHead): GenerationBuild {
  const generation = new MemoryGeneration(head);
  const changes = new LiveChanges();
  shelf.builds.add(changes);
  return {
    write: async (rows) => {
      generation.put(rows);
      return Promise.resolve();
    },
    publish: async (refit) => {
      // Refitting takes time in which more changes may come, so it goes on until there are none.
      for (let left = changes.take(); left.rows.length + left.ids.length > 0; left = changes.take()) {
        generation.delete(left.ids);
        generation.put(refit ? await refit(left.rows) : left.rows);
      }
      shelf.builds.delete(changes);
      shelf.serving = generation;
    },
    abort: async () => {
      shelf.builds.delete(changes);
      return Promise.resolve();
    },
  };
}
