import pLimit from 'p-limit';
import type { GenerationBuild, GenerationHead, IndexWriter, RefitRows } from '../item-index.ts';
import { LiveChanges } from '../live-changes.ts';
import { fitRows } from '../fit-rows.ts';
import { published } from '../resident/resident-reader.ts';
import { writeHead } from './generation-head-file.ts';
import type { LanceStore } from './lance-store.ts';
import { LanceGeneration } from './lancedb-generation.ts';

/** Rows a write to the table: fewer cost more each, more hold readers of memory up. */
const MOST_ROWS = 2000;

/**
 * Writes to LanceDB. `compactAfter` is how many written rows it takes for the table to be compacted aside; `before` is what was written
 * before and not compacted, since a process that never lives to write so many would leave more files each time.
 */
export function lanceIndexWriter(store: LanceStore, compactAfter: number, before = 0): IndexWriter {
  let written = before;
  const compact = (): Promise<void> => store.queue.alone(async () => store.published?.compact());
  const count = (rows: number): void => {
    written += rows;
    if (written < compactAfter) return;
    written = 0;
    // It comes again after as many writes, so a failure costs speed and nothing else.
    compact().catch((error: unknown) => store.log?.warn({ err: error }, 'the index could not be compacted'));
  };
  return {
    build: (head) => beginBuild(store, head),
    upsert: async (rows) => {
      store.checkWritable();
      const { head } = published(store.published).resident;
      const refused = await store.queue.upsert(fitRows(head, rows), head.id);
      count(rows.length);
      return refused;
    },
    remove: async (ids) => {
      store.checkWritable();
      published(store.published);
      const removed = await store.queue.remove(ids);
      count(removed.length);
      return removed;
    },
    compact,
    previous: () => store.previous(),
    rollback: () => store.rollback(),
    close: () => store.close(),
  };
}

async function beginBuild(store: LanceStore, head: GenerationHead): Promise<GenerationBuild> {
  store.checkWritable();
  const changes = new LiveChanges();
  store.builds.set(head.id, changes);
  const generation = await createGeneration(store, head).catch(async (error: unknown) => {
    store.builds.delete(head.id);
    // What cannot be removed now goes at the next publish or start.
    await store.drop(head.id).catch(() => undefined);
    throw error;
  });
  const inOrder = pLimit(1);
  return {
    write: (rows) =>
      inOrder(async () => {
        for (let from = 0; from < rows.length; from += MOST_ROWS)
          await generation.put(rows.slice(from, from + MOST_ROWS));
        return [];
      }),
    publish: (refit) =>
      inOrder(async () => {
        await publish(store, { generation, changes, refit });
        return [];
      }),
    abort: () =>
      inOrder(async () => {
        store.builds.delete(head.id);
        if (store.published !== generation) await store.drop(head.id);
      }),
  };
}

async function createGeneration(store: LanceStore, head: GenerationHead): Promise<LanceGeneration> {
  await writeHead(store.heads, head);
  return LanceGeneration.create(store.database, head, store.budget);
}

interface Publication {
  readonly generation: LanceGeneration;
  readonly changes: LiveChanges;
  readonly refit?: RefitRows;
}

/** Most changes are taken over while live writes go on; the few that come meanwhile, while they wait. */
async function publish(store: LanceStore, publication: Publication): Promise<void> {
  store.checkWritable();
  await takeOver(publication);
  await publication.generation.finish();
  await store.queue.alone(async () => {
    await takeOver(publication);
    await store.switchTo(publication.generation);
  });
}

async function takeOver({ generation, changes, refit }: Publication): Promise<void> {
  const { rows, ids } = changes.take();
  await generation.delete(ids);
  await generation.put(refit && rows.length > 0 ? await refit(rows) : rows);
}
