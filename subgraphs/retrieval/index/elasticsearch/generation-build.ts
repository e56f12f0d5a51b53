import pMap from 'p-map';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { fitRows } from '../fit-rows.ts';
import type { GenerationBuild, GenerationHead, ItemRow, RefitRows, RefusedItem } from '../item-index.ts';
import { BuildLock } from './build-lock.ts';
import { writeEach } from './bulk.ts';
import type { ElasticStore } from './elastic-store.ts';
import type { Generation } from './generations.ts';
import { changesOf } from './live-writer.ts';
import { recallOf } from './recall-probe.ts';
import { refusedItems } from './refused-items.ts';
import { storedRows } from './stored-items.ts';

/** Rows of one task, and how many tasks at once. */
const ROWS = 250;
const AT_ONCE = 2;

/** Begins a generation beside the serving one. Errors: BUSY while another is built. */
export async function beginBuild(store: ElasticStore, head: GenerationHead): Promise<GenerationBuild> {
  const lock = store.announced ?? (await lockForBuild(store));
  store.announced = undefined;
  try {
    await store.generations.sweep();
    return new ElasticBuild(store, lock, await store.generations.create(head));
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** From here on what any process writes live is noted. Resolves to what takes the lock back where no build came of it. */
export async function announceBuild(store: ElasticStore): Promise<() => Promise<void>> {
  const lock = await lockForBuild(store);
  store.announced = lock;
  return async () => {
    store.announced = undefined;
    await lock.release();
  };
}

async function lockForBuild(store: ElasticStore): Promise<BuildLock> {
  store.checkWritable();
  const lock = await BuildLock.take(store.cluster, store.names);
  try {
    await store.journal.clear(lock.id);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

class ElasticBuild implements GenerationBuild {
  readonly #store: ElasticStore;
  readonly #lock: BuildLock;
  readonly #generation: Generation;
  readonly #ids = new Set<string>();

  constructor(store: ElasticStore, lock: BuildLock, generation: Generation) {
    this.#store = store;
    this.#lock = lock;
    this.#generation = generation;
  }

  async write(rows: readonly ItemRow[]): Promise<readonly RefusedItem[]> {
    const fitted = fitRows(this.#generation.head, rows);
    const parts = Array.from({ length: Math.ceil(fitted.length / ROWS) }, (_, at) =>
      fitted.slice(at * ROWS, (at + 1) * ROWS),
    );
    return (await pMap(parts, (part) => this.#change(part, []), { concurrency: AT_ONCE })).flat();
  }

  async publish(refit?: RefitRows): Promise<readonly RefusedItem[]> {
    const { generations, queue } = this.#store;
    this.#store.checkWritable();
    const early = await this.#takeOver(refit);
    await generations.finish(this.#generation);
    await this.#checkRecall();
    return queue.alone(async () => {
      await this.#lock.switching();
      const late = await this.#takeOver(refit);
      await generations.refresh(this.#generation);
      await this.#checkCount();
      await this.#lock.switching();
      await generations.serve(this.#generation.index);
      await this.#tidyUp();
      return [...early, ...late];
    });
  }

  /** Where it is not known whether the switch was made, what serves stays. */
  async abort(): Promise<void> {
    const { generations } = this.#store;
    try {
      const { serving, previous } = await generations.pointers();
      const { index } = this.#generation;
      if (index !== serving && index !== previous) await generations.drop(this.#generation);
    } finally {
      await this.#lock.release();
    }
  }

  /** It is published, so nothing that fails here fails the build: each is made up for, by the next build or within a minute. */
  async #tidyUp(): Promise<void> {
    const { generations, serving, settings } = this.#store;
    const failed = (what: string) => (error: unknown) => settings.log?.warn({ err: error }, what);
    await generations.sweep().catch(failed('an old generation stays until the next build'));
    await this.#lock.release().catch(failed('the lock of the build stays for a minute'));
    await serving.refresh().catch(failed('it is not known yet what serves'));
  }

  async #change(rows: readonly ItemRow[], ids: readonly string[]): Promise<readonly RefusedItem[]> {
    const { cluster, settings } = this.#store;
    const refused = await writeEach(cluster, changesOf(this.#generation, { rows, ids }));
    const unwritten = new Set(refused.map(({ id }) => id));
    for (const { item } of rows) if (!unwritten.has(item.id)) this.#ids.add(item.id);
    for (const id of ids) this.#ids.delete(id);
    return refusedItems(refused, this.#generation, settings.log);
  }

  /** What was changed live since the build began, whatever `write` brought of the same items. */
  async #takeOver(refit: RefitRows = (rows) => Promise.resolve(rows)): Promise<readonly RefusedItem[]> {
    const { cluster, journal, serving } = this.#store;
    const served = serving.known?.generation;
    const refused: RefusedItem[] = [];
    for (;;) {
      const { notes, items } = await journal.read(this.#lock.id);
      if (notes.length === 0 || !served) return refused;
      const rows = await storedRows(cluster, served, items);
      const there = new Set(rows.map(({ item }) => item.id));
      const fitted = rows.length > 0 ? await refit(rows) : [];
      const gone = items.filter((id) => !there.has(id));
      refused.push(...(await this.#change(fitRows(this.#generation.head, fitted), gone)));
      await journal.forget(notes);
    }
  }

  async #checkCount(): Promise<void> {
    const count = await this.#store.generations.count(this.#generation.index);
    if (count === this.#ids.size) return;
    throw new MedleyError(
      'PUBLISH_REFUSED',
      `${this.#ids.size} items were written, but the index has ${count}. The catalogue before still serves. Index again.`,
    );
  }

  async #checkRecall(): Promise<void> {
    const { cluster, settings } = this.#store;
    const recalls = await recallOf({ cluster, scripts: settings.scripts }, this.#generation);
    settings.log?.info({ generation: this.#generation.head.id, recalls }, 'recall against exact search');
    const poor = recalls.filter(({ overlap }) => overlap < settings.leastRecall);
    if (poor.length === 0) return;
    const figures = poor.map(({ column, overlap }) => `${overlap.toFixed(3)} in "${column}"`).join(', ');
    throw new MedleyError(
      'PUBLISH_REFUSED',
      `Of the 100 nearest items the index finds a share of ${figures}; expected at least ${settings.leastRecall}. The catalogue before still serves.`,
    );
  }
}
