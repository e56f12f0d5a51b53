import { Index } from '@lancedb/lancedb';
import type { Connection, Table } from '@lancedb/lancedb';
import type { GenerationHead, ItemRow } from '../item-index.ts';
import type { ResidentBudget } from '../resident/resident-budget.ts';
import { fitRows } from '../fit-rows.ts';
import { ResidentGeneration } from '../resident/resident-generation.ts';
import { itemSchema, readRow, storedColumns, storedRows, toTable } from './item-table.ts';
import { idIn } from './sql-condition.ts';

/** Files that a reader may still have open are left alone for so many milliseconds. */
const KEPT_VERSIONS = 10 * 60_000;

const nameOf = (id: string): string => `g_${id}`;

/** One generation: its table, and all of it in memory. Writes come one after another: the queue sees to that. */
export class LanceGeneration {
  readonly resident: ResidentGeneration;
  readonly #table: Table;
  readonly #budget: ResidentBudget;

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
    const rows = await table.countRows();
    budget.claim(head, rows);
    const generation = new LanceGeneration(head, table, budget);
    try {
      await generation.#load(rows);
    } catch (error) {
      budget.release(head.id);
      throw error;
    }
    return generation;
  }

  async #load(rows: number): Promise<void> {
    const { head } = this.resident;
    this.resident.reserve(rows);
    for await (const batch of this.#table.query().select(storedColumns(head))) {
      for (const { row, read } of storedRows(head, batch)) this.resident.put(row, read);
    }
  }

  /** Whether it was written to its end; one that a kill interrupted was not. */
  static async isFinished(database: Connection, id: string): Promise<boolean> {
    if (!(await isThere(database, id))) return false;
    const table = await database.openTable(nameOf(id));
    return (await table.listIndices()).length > 0;
  }

  static async drop(database: Connection, id: string): Promise<void> {
    if (await isThere(database, id)) await database.dropTable(nameOf(id));
  }

  get id(): string {
    return this.resident.head.id;
  }

  /** Durable and seen by readers when resolved. Errors: SPACE_MISMATCH, INDEX_FULL; nothing is written then. */
  async put(rows: readonly ItemRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { head } = this.resident;
    const stored = fitRows(head, rows).map(readRow);
    const { rows: known } = this.resident;
    const fresh = stored.filter(({ row }) => known.rowOf(row.item.id) === undefined).length;
    this.#budget.claim(head, known.spanWith(fresh));
    const batch = toTable(head, stored);
    if (fresh === stored.length) await this.#table.add(batch);
    else await this.#table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(batch);
    for (const { row, read } of stored) this.resident.put(row, read);
  }

  async delete(ids: readonly string[]): Promise<void> {
    const known = ids.filter((id) => this.resident.rows.rowOf(id) !== undefined);
    if (known.length === 0) return;
    await this.#table.delete(idIn(known));
    for (const id of known) this.resident.delete(id);
  }

  /** Makes one of many small files, and an index of the ids that live changes look for. */
  async finish(): Promise<void> {
    await this.#table.optimize();
    await this.#table.createIndex('id', { config: Index.btree() });
  }

  /** Writes whose files were not made one, or not removed, yet. */
  async versions(): Promise<number> {
    return (await this.#table.listVersions()).length;
  }

  async compact(): Promise<void> {
    await this.#table.optimize({ cleanupOlderThan: new Date(Date.now() - KEPT_VERSIONS) });
  }
}

async function isThere(database: Connection, id: string): Promise<boolean> {
  const { tables } = await database.listTables({ limit: 1000 });
  return tables.includes(nameOf(id));
}
