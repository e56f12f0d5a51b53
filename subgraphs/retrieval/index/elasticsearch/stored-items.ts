import type { Item } from '../../../../src/vocabulary/item.ts';
import { presentColumns } from '../columns.ts';
import type { ItemRow } from '../item-index.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';
import { storedVectors } from './item-document.ts';

/** Items of one request. */
const MOST = 1000;

interface Fetch {
  readonly index: string;
  readonly _source: string[] | false;
  readonly fields?: string[];
}

interface Stored {
  readonly id: string;
  readonly _source?: { readonly item?: Item };
  readonly fields?: Record<string, unknown>;
}

/** Items by id, in no order. */
export async function storedItems(
  cluster: Cluster,
  { index }: Generation,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const found = await read(cluster, { index, _source: ['item'] }, ids);
  return new Map(found.flatMap(({ id, _source }) => (_source?.item ? [[id, _source.item] as const] : [])));
}

/** Vectors by id, in no order. */
export async function vectorsOf(
  cluster: Cluster,
  generation: Generation,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ItemRow['vectors']>> {
  const found = await read(cluster, { index: generation.index, _source: false, fields: columnsOf(generation) }, ids);
  return new Map(found.map((stored) => [stored.id, storedVectors(generation.head, stored)] as const));
}

/** Items with their vectors, in no order, for a build: asked for until the cluster answers. */
export async function storedRows(
  cluster: Cluster,
  generation: Generation,
  ids: readonly string[],
): Promise<readonly ItemRow[]> {
  const asked = { index: generation.index, _source: ['item'], fields: columnsOf(generation) };
  const found = await read({ ask: (request) => cluster.persist(request) }, asked, ids);
  return found.flatMap((stored) =>
    stored._source?.item ? [{ item: stored._source.item, vectors: storedVectors(generation.head, stored) }] : [],
  );
}

/** Those of the ids that are there. */
export async function knownIds(
  cluster: Cluster,
  { index }: Generation,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await read(cluster, { index, _source: false }, ids);
  return new Set(found.map(({ id }) => id));
}

function columnsOf({ head }: Generation): string[] {
  return [...presentColumns(head)];
}

async function read(cluster: Pick<Cluster, 'ask'>, asked: Fetch, ids: readonly string[]): Promise<readonly Stored[]> {
  const wanted = [...new Set(ids)];
  const parts = Array.from({ length: Math.ceil(wanted.length / MOST) }, (_, at) =>
    wanted.slice(at * MOST, (at + 1) * MOST),
  );
  const found = await Promise.all(parts.map((part) => readPart(cluster, asked, part)));
  return found.flat();
}

async function readPart(
  cluster: Pick<Cluster, 'ask'>,
  asked: Fetch,
  ids: readonly string[],
): Promise<readonly Stored[]> {
  const query = { terms: { id: [...ids] } };
  const { hits } = await cluster.ask((client, sending) =>
    client.search<{ readonly item?: Item }>(
      { ...asked, query: { constant_score: { filter: query } }, size: ids.length, track_total_hits: false },
      sending,
    ),
  );
  return hits.hits.map(({ _id, _source, fields }) => ({ id: _id ?? '', _source, fields }));
}
