import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '@lancedb/lancedb';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { GenerationHead, ItemRow } from '../item-index.ts';
import type { LiveChanges } from '../live-changes.ts';
import { ResidentBudget } from '../resident/resident-budget.ts';
import { published } from '../resident/resident-reader.ts';
import { unreadableIndex } from './unreadable-index.ts';
import { connectWithin } from './connect-within.ts';
import type { LanceConnection } from './connect-within.ts';
import type { Logger } from '../../../../src/runtime/logger.ts';
import { lockFolder } from '../../../../src/runtime/folder-lock.ts';
import type { FolderLock } from '../../../../src/runtime/folder-lock.ts';
import { headIds, readHead, removeHead } from './generation-head-file.ts';
import { readPointer, writePointer } from './generation-pointer.ts';
import type { GenerationPointer } from './generation-pointer.ts';
import { LanceGeneration } from './lancedb-generation.ts';
import { previousOf } from '../previous-generation.ts';
import { WriteQueue } from '../write-queue.ts';
import type { ChangeBatch } from '../change-batch.ts';

interface StoreParts {
  readonly connection: LanceConnection;
  readonly lock: FolderLock;
  readonly budget: ResidentBudget;
  readonly log?: Logger;
}

/** What reader and writer of one folder share: which generation serves, which are being built, and the queue of writes. */
export class LanceStore {
  readonly heads: string;
  readonly database: Connection;
  readonly queue: WriteQueue;
  readonly budget: ResidentBudget;
  readonly log: Logger | undefined;
  /** The changes that each unfinished build has to take over, by the id of its generation. */
  readonly builds = new Map<string, LiveChanges>();
  readonly #folder: string;
  readonly #lock: FolderLock;
  readonly #connection: LanceConnection;
  #serving: LanceGeneration | undefined;
  #previous: string | undefined;
  #closed: Promise<void> | undefined;

  private constructor(folder: string, { connection, lock, budget, log }: StoreParts) {
    this.#folder = folder;
    this.heads = join(folder, 'heads');
    this.database = connection.database;
    this.#connection = connection;
    this.#lock = lock;
    this.budget = budget;
    this.log = log;
    this.queue = new WriteQueue({
      serving: () => this.#serving?.id,
      known: (ids) =>
        Promise.resolve(new Set(ids.filter((id) => this.#serving?.resident.rows.rowOf(id) !== undefined))),
      apply: (batch) => this.#apply(batch),
    });
  }

  /** Errors: DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE, INDEX_FULL where what serves needs more than so many bytes of memory. */
  static async open(folder: string, residentBytes: number, log?: Logger): Promise<LanceStore> {
    const lock = await lockFolder(folder);
    try {
      const connection = await connectWithin({ folder, tables: join(folder, 'tables') });
      const store = new LanceStore(folder, { connection, lock, budget: new ResidentBudget(residentBytes), log });
      await mkdir(store.heads, { recursive: true });
      await store.#load().catch((cause: unknown) => {
        throw unreadableIndex(folder, cause);
      });
      return store;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** The generation that serves, undefined before the first publish. */
  get published(): LanceGeneration | undefined {
    return this.#serving;
  }

  /** Errors: DATA_FOLDER_LOCKED where the folder was taken from us, READ_ONLY after `close`. */
  checkWritable(): void {
    if (this.#closed) throw new MedleyError('READ_ONLY', 'The index is closed.');
    this.#lock.check();
  }

  /** Switches readers over. The generation before stays on disk, those before it go. To be called alone in the queue. */
  async switchTo(generation: LanceGeneration): Promise<void> {
    const previous = this.#serving?.id;
    await this.#point({ serving: generation.id, previous });
    this.#serving = generation;
    this.#previous = previous;
    if (previous !== undefined) this.budget.release(previous);
    this.builds.delete(generation.id);
    // It is published; what cannot be removed now goes at the next publish or start.
    await this.#sweep().catch((error: unknown) => {
      this.log?.warn({ err: error }, 'a generation that is no longer needed could not be removed');
    });
  }

  /** What fails once the pointer is in its place (the sync of the folder) leaves it there: readers would find it at the next start. */
  async #point(pointer: GenerationPointer): Promise<void> {
    try {
      await writePointer(this.#folder, pointer);
    } catch (error) {
      if ((await readPointer(this.#folder))?.serving !== pointer.serving) throw error;
      this.log?.warn({ err: error }, 'what is published now may be forgotten if the machine falls');
    }
  }

  /** The generation before. Errors: NOT_READY. */
  async previous(): Promise<GenerationHead> {
    return readHead(this.heads, previousOf(this.#previous));
  }

  /** Serves the generation before again. Errors: NOT_READY, INDEX_FULL where memory does not hold it beside the one that serves. */
  async rollback(): Promise<GenerationHead> {
    return this.queue.alone(async () => {
      this.checkWritable();
      const head = await this.previous();
      await this.switchTo(await LanceGeneration.open(this.database, head, this.budget));
      return head;
    });
  }

  async drop(id: string): Promise<void> {
    this.budget.release(id);
    await LanceGeneration.drop(this.database, id);
    await removeHead(this.heads, id);
  }

  /** Waits for writes that were accepted. Reader and writer may both call it. */
  async close(): Promise<void> {
    this.#closed ??= this.queue.alone(async () => {
      await this.#connection.close();
      await this.#lock.release();
    });
    await this.#closed;
  }

  async #load(): Promise<void> {
    const pointer = await readPointer(this.#folder);
    if (pointer) {
      this.#serving = await LanceGeneration.open(
        this.database,
        await readHead(this.heads, pointer.serving),
        this.budget,
      );
      this.#previous = pointer.previous;
    } else await this.#checkFirst();
    await this.#sweep();
  }

  /** Where the pointer is gone, what it pointed to must not be taken for a first build that was interrupted, and removed. */
  async #checkFirst(): Promise<void> {
    for (const id of await headIds(this.heads))
      if (await LanceGeneration.isFinished(this.database, id))
        throw new Error('serving.json, which says what of it serves, is gone');
  }

  /** Removes generations that neither serve nor did before, and are not being built. Readers read none: they have what serves in memory. */
  async #sweep(): Promise<void> {
    const kept = new Set([this.#serving?.id, this.#previous, ...this.builds.keys()]);
    for (const id of await headIds(this.heads)) if (!kept.has(id)) await this.drop(id);
  }

  async #apply({ rows, ids }: ChangeBatch): Promise<readonly []> {
    this.checkWritable();
    const generation = published(this.#serving);
    await generation.put(rows);
    await generation.delete(ids);
    for (const changes of this.builds.values()) this.#tell(changes, rows, ids);
    return [];
  }

  #tell(changes: LiveChanges, rows: readonly ItemRow[], ids: readonly string[]): void {
    changes.upserted(rows);
    changes.removed(ids);
  }
}
