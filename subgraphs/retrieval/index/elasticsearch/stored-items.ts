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

/** Items by id, in no order. */
export async function storedItems(
  { cluster, memory }: Reading,
  { index }: Generation,
  { ids, versions }: { readonly ids: readonly string[]; readonly versions?: Versions },
): Promise<ReadonlyMap<string, Item>> {
  const { known: found, unknown } = memory.recall({ index, ids, versions }, ({ item }) => item);
  const wanted = { index, _source: ['item'], seq_no_primary_term: memory.remembers };
  for (const { _id: id = '', _seq_no: version, _source } of await hitsOf(cluster, wanted, unknown)) {
    if (!_source?.item) continue;
    found.set(id, _source.item);
    memory.keep({ index, id, version }, { item: _source.item });
  }
  return found;
}

interface AskedVectors {
  readonly ids: readonly string[];
  /** All that the generation has when unset. */
  readonly columns?: readonly Column[];
}

/** Vectors by id, in no order; null in columns that were not asked for. */
export async function vectorsOf(
  cluster: Cluster,
  { index, head }: Generation,
  { ids, columns }: AskedVectors,
): Promise<ReadonlyMap<string, ItemRow['vectors']>> {
  const fields = presentColumns(head).filter((column) => columns?.includes(column) ?? true);
  const hits = await hitsOf(cluster, { index, _source: false, fields }, ids);
  return new Map(hits.map((hit) => [hit._id ?? '', storedVectors(head, hit)] as const));
}

/** Items with their vectors, in no order, for a build: asked for until all of the cluster answers. */
export async function storedRows(
  cluster: Cluster,
  { index, head }: Generation,
  ids: readonly string[],
): Promise<readonly ItemRow[]> {
  const patient = wholly({ ask: (request) => cluster.persist(request) });
  const hits = await hitsOf(patient, { index, _source: ['item'], fields: [...presentColumns(head)] }, ids);
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
  const hits = await hitsOf(
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

/** The items of the ids, in no order, with what is asked of them. */
export async function hitsOf(
  cluster: Pick<Cluster, 'ask'>,
  asked: Asked,
  ids: readonly string[],
): Promise<readonly Hit[]> {
  const wanted = [...new Set(ids)];
  const parts = Array.from({ length: Math.ceil(wanted.length / MOST) }, (_, at) =>
    wanted.slice(at * MOST, (at + 1) * MOST),
  );
  const found = await Promise.all(parts.map((part) => hitsOfPart(cluster, asked, part)));
  return found.flat();
}

async function hitsOfPart(
  cluster: Pick<Cluster, 'ask'>,
  asked: Asked,
  ids: readonly string[],
): Promise<readonly Hit[]> {
  const query = { constant_score: { filter: { terms: { id: [...ids] } } } };
  const request = { ...asked, query, size: ids.length, track_total_hits: false };
  const { hits } = await cluster.ask((client, sending) => client.search<{ readonly item?: Item }>(request, sending));
  // Elasticsearch leaves out what is empty where it is told what to answer with.
  return (hits as Partial<typeof hits> | undefined)?.hits ?? [];
}
