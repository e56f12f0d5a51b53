import { Index } from '@lancedb/lancedb';
import type { Connection, Table } from '@lancedb/lancedb';
import { LRUCache } from 'lru-cache';
import type { Item } from '../../../../src/vocabulary/item.ts';
import type { CandidateSet, GenerationHead, IndexQuery, ItemRow } from '../item-index.ts';
import { findCandidates } from '../resident/candidate-rows.ts';
import type { ResidentBudget } from '../resident/resident-budget.ts';
import { fitRows, ResidentGeneration } from '../resident/resident-generation.ts';
import { itemSchema, storedColumns, storedRows, toTable } from './item-table.ts';
import { filterColumns, idIn } from './lancedb-filter.ts';
import { LEXICAL_FIELDS, lanceLexicalScores } from './lancedb-lexical-scores.ts';

/** Terms come as we read them; the full-text index parts them at spaces and changes nothing. */
const FULL_TEXT = {
  baseTokenizer: 'whitespace',
  lowercase: false,
  stem: false,
  removeStopWords: false,
  asciiFolding: false,
  withPosition: false,
  maxTokenLength: 64,
} as const;

/** Items read lately, parsed: a page of hits and the facets of a window ask for the same ones again and again. */
const KEPT_ITEMS = 10_000;

/** Files that a reader may still have open are left alone for so many milliseconds. */
const KEPT_VERSIONS = 10 * 60_000;

const nameOf = (id: string): string => `g_${id}`;

/** One generation: its table, and what of it is in memory. Writes come one after another: the queue sees to that. */
export class LanceGeneration {
  readonly resident: ResidentGeneration;
  readonly #table: Table;
  readonly #budget: ResidentBudget;
  readonly #items = new LRUCache<string, Item>({ max: KEPT_ITEMS });
  /** Counts writes, so that what was read before one is not kept after it. */
  #changes = 0;

  private constructor(head: GenerationHead, table: Table, budget: ResidentBudget) {
    this.resident = new ResidentGeneration(head);
    this.#table = table;
    this.#budget = budget;
  }

  static async create(database: Connection, head: GenerationHead, budget: ResidentBudget): Promise<LanceGeneration> {
    const table = await database.createEmptyTable(nameOf(head.id), itemSchema(head));
    return new LanceGeneration(head, table, budget);
  }

  /** Errors: INDEX_FULL, before anything is loaded. */
  static async open(database: Connection, head: GenerationHead, budget: ResidentBudget): Promise<LanceGeneration> {
    const table = await database.openTable(nameOf(head.id));
    budget.claim(head, await table.countRows());
    const generation = new LanceGeneration(head, table, budget);
    for await (const batch of generation.#table.query().select(storedColumns(head))) {
      for (const { row, terms } of storedRows(batch)) generation.resident.put(row, terms);
    }
    return generation;
  }

  static async drop(database: Connection, id: string): Promise<void> {
    const { tables } = await database.listTables({ limit: 1000 });
    if (tables.includes(nameOf(id))) await database.dropTable(nameOf(id));
  }

  get id(): string {
    return this.resident.head.id;
  }

  /** Durable and seen by readers when resolved. Errors: SPACE_MISMATCH, INDEX_FULL; nothing is written then. */
  async put(rows: readonly ItemRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { head } = this.resident;
    const fitted = fitRows(head, rows);
    const { rows: known } = this.resident;
    const fresh = fitted.filter(({ item }) => known.rowOf(item.id) === undefined).length;
    this.#budget.claim(head, known.spanWith(fresh));
    const batch = toTable(head, fitted);
    if (fresh === fitted.length) await this.#table.add(batch);
    else await this.#table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(batch);
    this.#changes++;
    for (const row of fitted) {
      this.resident.put(row);
      this.#items.delete(row.item.id);
    }
  }

  async delete(ids: readonly string[]): Promise<void> {
    const known = ids.filter((id) => this.resident.rows.rowOf(id) !== undefined);
    if (known.length === 0) return;
    await this.#table.delete(idIn(known));
    this.#changes++;
    for (const id of known) {
      this.resident.delete(id);
      this.#items.delete(id);
    }
  }

  /** Makes one of many small files and builds the indexes of a generation that was just written. */
  async finish(): Promise<void> {
    await this.#table.optimize();
    for (const field of LEXICAL_FIELDS) await this.#table.createIndex(field, { config: Index.fts(FULL_TEXT) });
    await this.#table.createIndex('id', { config: Index.btree() });
  }

  async compact(): Promise<void> {
    await this.#table.optimize({ cleanupOlderThan: new Date(Date.now() - KEPT_VERSIONS) });
  }

  async candidates(query: IndexQuery): Promise<CandidateSet> {
    const { resident } = this;
    return findCandidates(resident, query, lanceLexicalScores(this.#table, filterColumns(resident.head.fields)));
  }

  async items(ids: readonly string[]): Promise<readonly (Item | undefined)[]> {
    const wanted = [...new Set(ids)].filter((id) => this.resident.rows.rowOf(id) !== undefined);
    const found = new Map(wanted.flatMap((id) => this.#kept(id)));
    const missing = wanted.filter((id) => !found.has(id));
    if (missing.length > 0) for (const item of await this.#read(missing)) found.set(item.id, item);
    return ids.map((id) => found.get(id));
  }

  #kept(id: string): readonly (readonly [string, Item])[] {
    const item = this.#items.get(id);
    return item ? [[id, item]] : [];
  }

  async #read(ids: readonly string[]): Promise<readonly Item[]> {
    const changes = this.#changes;
    const found = await this.#table.query().where(idIn(ids)).select(['item']).toArrow();
    const items = Array.from(found.getChild('item') ?? [], (text) => JSON.parse(String(text)) as Item);
    if (changes === this.#changes) for (const item of items) this.#items.set(item.id, item);
    return items;
  }
}
