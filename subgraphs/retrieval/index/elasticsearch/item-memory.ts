import { LRUCache } from 'lru-cache';
import { Counter } from 'prom-client';
import { METRICS } from '../../../../src/runtime/metrics.ts';
import type { FieldValue, Item } from '../../../../src/vocabulary/item.ts';
import type { Versions } from '../item-index.ts';

/** What was read of an item. */
export interface Remembered {
  readonly item?: Item;
  /** Values by name of the field, of those fields that somebody asked for. */
  readonly values?: ReadonlyMap<string, readonly FieldValue[]>;
}

/** Some items, as they were found. Nothing is remembered of those whose version is unknown. */
interface Wanted {
  readonly index: string;
  readonly ids: readonly string[];
  readonly versions?: Versions;
}

/** Which item, as it was when; of an unknown version nothing is kept. */
interface ItemVersion {
  readonly index: string;
  readonly id: string;
  readonly version: number | undefined;
}

interface Entry extends Remembered {
  readonly index: string;
  readonly version: number;
}

const asked = new Counter({
  name: 'medley_index_reads_total',
  help: 'Items of known version whose fields or whole were wanted, by whether memory had them or the cluster was asked',
  labelNames: ['from'] as const,
  registers: [METRICS],
});

/**
 * What was read of the items that are found most, kept until they change: those that many searches find are read once. A search
 * tells the version of what it found, so nothing that is remembered is older than what was found.
 */
export class ItemMemory {
  readonly #entries: LRUCache<string, Entry> | undefined;

  /** The most items that are remembered; the one unused for longest goes first. */
  constructor(most: number) {
    this.#entries = most > 0 ? new LRUCache({ max: most }) : undefined;
  }

  get remembers(): boolean {
    return this.#entries !== undefined;
  }

  /** What `read` finds in what is known of the items at those very versions, by id; the cluster is to be asked for the others. */
  recall<T>(
    { index, ids, versions }: Wanted,
    read: (known: Remembered) => T | undefined,
  ): { readonly known: Map<string, T>; readonly unknown: readonly string[] } {
    const known = new Map<string, T>();
    const unknown = ids.filter((id) => {
      const version = versions?.get(id);
      if (version === undefined || !this.#entries) return true;
      const entry = this.#entries.get(id);
      const found = entry?.index === index && entry.version === version ? read(entry) : undefined;
      asked.inc({ from: found === undefined ? 'cluster' : 'memory' });
      if (found !== undefined) known.set(id, found);
      return found === undefined;
    });
    return { known, unknown };
  }

  /** Adds to what is known of the version; of another one all is forgotten. */
  keep({ index, id, version }: ItemVersion, read: Remembered): void {
    if (version === undefined || !this.#entries) return;
    const entry = this.#entries.peek(id);
    const same = entry?.index === index && entry.version === version;
    const values = same && entry.values && read.values ? new Map([...entry.values, ...read.values]) : undefined;
    this.#entries.set(id, { ...(same && entry), ...read, ...(values && { values }), index, version });
  }
}
