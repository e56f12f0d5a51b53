import type { estypes } from '@elastic/elasticsearch';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { presentColumns } from '../columns.ts';
import type { Column, ItemRow, Versions } from '../item-index.ts';
import type { Cluster } from './cluster.ts';
import { isPartial, NotWhole } from './cluster-errors.ts';
import type { Generation } from './generations.ts';
import { COLUMN_VALUES, columnHits, idOf, WHOLENESS } from './column-hits.ts';
import { storedVectors } from './item-document.ts';
import type { ItemMemory } from './item-memory.ts';

/** Items of one request. */
const MOST = 1000;

/** What is asked of some items. */
type Asked = Pick<
  estypes.SearchRequest,
  'index' | '_source' | 'fields' | 'stored_fields' | 'docvalue_fields' | 'filter_path' | 'seq_no_primary_term'
>;

type Hit = estypes.SearchHit<{ readonly item?: Item }>;

/** Who is asked, and what need not be asked for again. */
export interface Reading {
  readonly cluster: Pick<Cluster, 'ask'>;
  readonly memory: ItemMemory;
}

/** What was found, by id in no order. */
export interface FoundById<T> {
  readonly byId: ReadonlyMap<string, T>;
  /** Some of the index did not answer: what is missing may be there. */
  readonly partial: boolean;
}

/** Items by id. */
export async function storedItems(
  { cluster, memory }: Reading,
  { index }: Generation,
  { ids, versions }: { readonly ids: readonly string[]; readonly versions?: Versions },
): Promise<FoundById<Item>> {
  const { known: byId, unknown } = memory.recall({ index, ids, versions }, ({ item }) => item);
  const wanted = { index, _source: ['item'], seq_no_primary_term: memory.remembers };
  const { hits, partial } = await hitsOf(cluster, wanted, unknown);
  for (const { _id: id = '', _seq_no: version, _source } of hits) {
    if (!_source?.item) continue;
    byId.set(id, _source.item);
    memory.keep({ index, id, version }, { item: _source.item });
  }
  return { byId, partial };
}

interface AskedVectors {
  readonly ids: readonly string[];
  /** All that the generation has when unset. */
  readonly columns?: readonly Column[];
}

/** Vectors by id; null in columns that were not asked for. */
export async function vectorsOf(
  cluster: Cluster,
  { index, head }: Generation,
  { ids, columns }: AskedVectors,
): Promise<FoundById<ItemRow['vectors']>> {
  const fields = presentColumns(head).filter((column) => columns?.includes(column) ?? true);
  const { hits, partial } = await hitsOf(cluster, { index, _source: false, fields }, ids);
  return { byId: new Map(hits.map((hit) => [hit._id ?? '', storedVectors(head, hit)] as const)), partial };
}

/** Items with their vectors, in no order, for a build: asked for until all of the cluster answers. */
export async function storedRows(
  cluster: Cluster,
  { index, head }: Generation,
  ids: readonly string[],
): Promise<readonly ItemRow[]> {
  const patient = wholly({ ask: (request) => cluster.persist(request) });
  const { hits } = await hitsOf(patient, { index, _source: ['item'], fields: [...presentColumns(head)] }, ids);
  return hits.flatMap((hit) =>
    hit._source?.item ? [{ item: hit._source.item, vectors: storedVectors(head, hit) }] : [],
  );
}

/** Those of the ids that are there. Errors: RETRIEVAL_UNAVAILABLE where some of the index does not answer. */
export async function knownIds(
  cluster: Cluster,
  { index }: Generation,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { hits } = await hitsOf(
    wholly(cluster),
    { index, ...columnHits(), filter_path: [COLUMN_VALUES, ...WHOLENESS] },
    ids,
  );
  return new Set(hits.map(idOf));
}

/** Asks so that no answer is taken in which some of the index is missing: who writes would take it for deleted. */
function wholly(cluster: Pick<Cluster, 'ask'>): Pick<Cluster, 'ask'> {
  return {
    ask: (request) =>
      cluster.ask(async (client, sending) => {
        const answer = await request(client, sending);
        if (isPartial(answer as Parameters<typeof isPartial>[0])) throw new NotWhole();
        return answer;
      }),
  };
}

/** What was found of some items, in no order, and whether some of the index did not answer. */
interface FoundHits {
  readonly hits: readonly Hit[];
  readonly partial: boolean;
}

/** The items of the ids with what is asked of them. */
export async function hitsOf(cluster: Pick<Cluster, 'ask'>, asked: Asked, ids: readonly string[]): Promise<FoundHits> {
  const wanted = [...new Set(ids)];
  const parts = Array.from({ length: Math.ceil(wanted.length / MOST) }, (_, at) =>
    wanted.slice(at * MOST, (at + 1) * MOST),
  );
  const found = await Promise.all(parts.map((part) => hitsOfPart(cluster, asked, part)));
  return { hits: found.flatMap(({ hits }) => hits), partial: found.some(({ partial }) => partial) };
}

async function hitsOfPart(cluster: Pick<Cluster, 'ask'>, asked: Asked, ids: readonly string[]): Promise<FoundHits> {
  const query = { constant_score: { filter: { terms: { id: [...ids] } } } };
  const request = { ...asked, query, size: ids.length, track_total_hits: false };
  const answer = await cluster.ask((client, sending) => client.search<{ readonly item?: Item }>(request, sending));
  // Elasticsearch leaves out what is empty where it is told what to answer with.
  const { hits } = answer as Partial<typeof answer>;
  return { hits: (hits as Partial<typeof answer.hits> | undefined)?.hits ?? [], partial: isPartial(answer) };
}
