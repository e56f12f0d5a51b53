import { MedleyError } from '../../../../src/runtime/errors.ts';
import { fitRows } from '../fit-rows.ts';
import type { GenerationHead, IndexWriter, ItemIndex } from '../item-index.ts';
import { browseItems } from './browse.ts';
import { BuildLock } from './build-lock.ts';
import { findCandidates } from './candidates.ts';
import { Cluster } from './cluster.ts';
import type { ClusterSettings } from './cluster.ts';
import { checkCluster } from './cluster-check.ts';
import { ElasticStore } from './elastic-store.ts';
import { countFacets } from './facets.ts';
import { announceBuild, beginBuild } from './generation-build.ts';
import type { Sharding } from './generation-mapping.ts';
import type { Generation } from './generations.ts';
import type { ServingGeneration } from './serving-generation.ts';
import { PartlyRead } from '../partly-read.ts';
import { previousOf } from '../previous-generation.ts';
import { indexNames } from './index-names.ts';
import { ensureNotes } from './notes.ts';
import { allowsScripts } from './scripts-allowed.ts';
import { storedFields } from './stored-fields.ts';
import { storedItems, vectorsOf } from './stored-items.ts';
import type { FoundById } from './stored-items.ts';
import { suggestPhrases } from './suggestions.ts';
import { formsOf } from './written-forms.ts';

export interface ElasticsearchOptions extends ClusterSettings, Partial<Sharding> {
  /** What the names of all our indexes begin with; `medley` when unset. */
  readonly prefix?: string;
  /** Whether exact scores come from scripts; found out when unset. */
  readonly scripts?: boolean;
  /** A generation whose graphs find less of the exactly nearest 100 is not published; .97 when unset. */
  readonly leastRecall?: number;
  /** The most items of which what was read is kept in memory; 100,000 when unset. */
  readonly remembered?: number;
}

/**
 * Opens the index in a cluster of Elasticsearch, after a look at its version, its licence and whether scripts may run.
 * Errors: INVALID_SETTING, RETRIEVAL_UNAVAILABLE.
 */
export async function openElasticsearchIndex(
  options: ElasticsearchOptions,
): Promise<{ readonly index: ItemIndex; readonly writer: IndexWriter }> {
  const { prefix = 'medley', shards = 1, replicas, leastRecall = 0.97, log } = options;
  const { remembered = 100_000 } = options;
  const cluster = new Cluster(options);
  try {
    const names = indexNames(prefix);
    const facts = await checkCluster(cluster);
    await ensureNotes(cluster, names.notes);
    const scripts = options.scripts ?? (await allowsScripts(cluster, names));
    log?.info(
      { ...facts, scores: scripts ? 'by scripts, in one search' : 'by a second search' },
      'Elasticsearch is open',
    );
    const settings = { names, shards, replicas, scripts, leastRecall, remembered, log };
    const store = await ElasticStore.open(cluster, settings);
    return { index: elasticItemIndex(store), writer: elasticIndexWriter(store) };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

function elasticItemIndex(store: ElasticStore): ItemIndex {
  const { cluster, serving, settings, memory } = store;
  const { scripts } = settings;
  const ask = <T>(question: (generation: Generation) => Promise<T>): Promise<T> => askServing(serving, question);
  const inOrder = async <T>(
    ids: readonly string[],
    read: (generation: Generation) => Promise<FoundById<T>>,
  ): Promise<readonly (T | undefined)[]> => {
    const { byId, partial } = await ask(read);
    const found = ids.map((id) => byId.get(id));
    if (partial && found.includes(undefined)) throw new PartlyRead(found);
    return found;
  };
  return {
    head: () => serving.known && { ...serving.known.generation.head, items: serving.known.items },
    candidates: (query) =>
      ask((generation) => findCandidates({ cluster, scripts, versions: memory.remembers }, generation, query)),
    items: (ids, versions) => inOrder(ids, (generation) => storedItems(store, generation, { ids, versions })),
    fields: (ids, names, versions) =>
      inOrder(ids, (generation) => storedFields(store, generation, { ids, names, versions })),
    vectors: (ids, columns) => inOrder(ids, (generation) => vectorsOf(cluster, generation, { ids, columns })),
    browse: (page) => ask((generation) => browseItems(store, generation, page)),
    facets: (queries) => ask((generation) => countFacets(cluster, generation, queries)),
    suggest: (prefix, limit, reading) =>
      ask((generation) => suggestPhrases(cluster, generation, { prefix, limit, ...reading })),
    writtenForms: (terms) => ask((generation) => formsOf(cluster, generation, terms)),
    close: () => store.close(),
  };
}

/** Other processes may have published twice since it was last asked what serves, and then what we knew is gone: the new one is asked. */
async function askServing<T>(serving: ServingGeneration, question: (generation: Generation) => Promise<T>): Promise<T> {
  const known = serving.get();
  try {
    return await question(known);
  } catch (error) {
    if (error instanceof MedleyError) throw error;
    await serving.refresh();
    if (serving.get().index === known.index) throw error;
    return question(serving.get());
  }
}

/** Errors: BUSY while a catalogue is indexed, in whatever process: what it publishes must not be taken for what was before. */
async function rollBack({
  cluster,
  names,
  generations,
  queue,
  serving,
  settings,
}: ElasticStore): Promise<GenerationHead> {
  return queue.alone(async () => {
    const lock = await BuildLock.take(cluster, names, 'switching');
    try {
      const { previous } = await generations.pointers();
      await generations.serve(previousOf(previous));
    } finally {
      await lock
        .release()
        .catch((error: unknown) => settings.log?.warn({ err: error }, 'the lock of the rollback stays for a minute'));
    }
    await serving.refresh();
    return serving.get().head;
  });
}

function elasticIndexWriter(store: ElasticStore): IndexWriter {
  return {
    announce: () => announceBuild(store),
    build: (head) => beginBuild(store, head),
    upsert: async (rows) => {
      store.checkWritable();
      const { head } = store.serving.get();
      return store.queue.upsert(fitRows(head, rows), head.id);
    },
    remove: async (ids) => {
      store.checkWritable();
      store.serving.get();
      return store.queue.remove(ids);
    },
    // Elasticsearch merges its segments by itself.
    compact: () => Promise.resolve(),
    previous: async () =>
      (await store.generations.open(previousOf((await store.generations.pointers()).previous))).head,
    rollback: () => rollBack(store),
    close: () => store.close(),
  };
}
