import { Index } from '@lancedb/lancedb';
import type { Connection, Table } from '@lancedb/lancedb';
import { Field, Schema, Table as ArrowTable, Utf8, vectorFromArray } from 'apache-arrow';
import type { FixedSizeList } from 'apache-arrow';
import pLimit from 'p-limit';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { quote } from './sql-condition.ts';
import { vectorCells, vectorReader, vectorType } from './vector-cells.ts';

/** Keys a question: a condition of many more is slow to read. */
const MOST_KEYS = 1000;
/** After so many writes their small files are made one. */
const COMPACT_AFTER = 64;

/** The vectors of one space, a table. Which keys there are is held in memory. */
export class EncodingSpace {
  readonly #table: Table;
  readonly #dims: number;
  readonly #keys = new Set<string>();
  /** One at a time: compaction removes files that a read under way would still want. */
  readonly #inTurn = pLimit(1);
  #writes = 0;

  private constructor(table: Table, dims: number) {
    this.#table = table;
    this.#dims = dims;
  }

  static async create(database: Connection, name: string, dims: number): Promise<EncodingSpace> {
    return new EncodingSpace(await database.createEmptyTable(name, encodingSchema(dims)), dims);
  }

  static async open(database: Connection, name: string): Promise<EncodingSpace> {
    const table = await database.openTable(name);
    const type = (await table.schema()).fields[1]?.type as FixedSizeList;
    const space = new EncodingSpace(table, type.listSize);
    for await (const batch of table.query().select(['key'])) {
      for (const key of batch.getChild('key') ?? []) space.#keys.add(String(key));
    }
    return space;
  }

  async get(keys: readonly string[]): Promise<ReadonlyMap<string, Vector>> {
    const known = [...new Set(keys)].filter((key) => this.#keys.has(key));
    return known.length === 0 ? new Map<string, Vector>() : this.#inTurn(() => this.#read(known));
  }

  async #read(known: readonly string[]): Promise<ReadonlyMap<string, Vector>> {
    const found = new Map<string, Vector>();
    for (let from = 0; from < known.length; from += MOST_KEYS) {
      const condition = `key IN (${known
        .slice(from, from + MOST_KEYS)
        .map(quote)
        .join(', ')})`;
      for await (const batch of this.#table.query().where(condition)) {
        const column = batch.getChild('key');
        const vectorAt = vectorReader(batch.getChild('vector'));
        for (let at = 0; at < batch.numRows; at++) {
          const vector = vectorAt(at);
          if (vector) found.set(String(column?.get(at)), vector.slice());
        }
      }
    }
    return found;
  }

  /** A vector that is known under its key already is not written again, another takes its place. Errors: SPACE_MISMATCH. */
  async put(entries: ReadonlyMap<string, Vector>): Promise<void> {
    for (const { length } of entries.values()) if (length !== this.#dims) throw mismatch(this.#dims, length);
    await this.#inTurn(async () => {
      const before = await this.#read([...entries.keys()].filter((key) => this.#keys.has(key)));
      const changed = new Map([...entries].filter(([key, vector]) => !isSame(vector, before.get(key))));
      if (changed.size === 0) return;
      await this.#write(changed);
      for (const key of changed.keys()) this.#keys.add(key);
      if (++this.#writes % COMPACT_AFTER === 0) await this.#compact();
    });
  }

  async #write(changed: ReadonlyMap<string, Vector>): Promise<void> {
    const cells = encodingTable(changed, this.#dims);
    const fresh = [...changed.keys()].every((key) => !this.#keys.has(key));
    if (fresh) await this.#table.add(cells);
    else await this.#table.mergeInsert('key').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(cells);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#inTurn(() => undefined);
  }

  async #compact(): Promise<void> {
    await this.#table.optimize({ cleanupOlderThan: new Date(Date.now() - 60_000) });
    const indexed = (await this.#table.listIndices()).length > 0;
    if (!indexed) await this.#table.createIndex('key', { config: Index.btree() });
  }
}

function encodingSchema(dims: number): Schema {
  return new Schema([new Field('key', new Utf8(), false), new Field('vector', vectorType(dims), true)]);
}

function encodingTable(entries: ReadonlyMap<string, Vector>, dims: number): ArrowTable {
  const key = vectorFromArray([...entries.keys()], new Utf8());
  return new ArrowTable(encodingSchema(dims), { key, vector: vectorCells([...entries.values()], dims) });
}

function isSame(a: Vector, b: Vector | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, at) => value === b[at]);
}

function mismatch(dims: number, came: number): MedleyError {
  const said = `Expected vectors of ${dims.toString()} dimensions in this space, got ${came.toString()}.`;
  return new MedleyError('SPACE_MISMATCH', said);
}
