import type { estypes } from '@elastic/elasticsearch';
import pMap from 'p-map';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { presentColumns } from '../columns.ts';
import type { Column } from '../item-index.ts';
import { exactCosine, innerProduct } from './candidate-request.ts';
import { findCandidates } from './candidates.ts';
import type { Asking } from './candidates.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';
import { storedVector } from './item-document.ts';

/** How well a column is searched: the share of the exactly nearest 100 that is found, on the average of some items' own vectors. */
export interface Recall {
  readonly column: Column;
  readonly overlap: number;
}

const NEAREST = 100;
const PROBES = 20;
/** Scores that differ by less are a draw, and any of a draw is right. */
const DRAW = 1e-6;

/** Who is probed, and where exact scores come from. */
interface Probing extends Asking {
  readonly cluster: Cluster;
}

/** How long one search of a build may take, milliseconds. */
const PATIENCE = 60_000;

/** Nobody waits for a build as for a search: a node that is away or busy costs it time, and no more. */
function patient({ cluster, scripts }: Probing): Asking {
  const asked: Asking['cluster'] = { ask: (request) => cluster.persist(request), budget: () => PATIENCE };
  return { cluster: asked, scripts };
}

/** Compares what the graphs find with exact search, in every column that has more items than are compared. */
export async function recallOf(asking: Probing, generation: Generation): Promise<readonly Recall[]> {
  const recalls: Recall[] = [];
  for (const column of presentColumns(generation.head)) {
    const { probes, items } = await someVectors(asking, generation, column);
    if (items <= NEAREST) continue;
    const least = await leastOfTheNearest(asking, generation, { column, probes });
    const found = await pMap(probes, (vector) => graphCosines(patient(asking), generation, { column, vector }), {
      concurrency: 2,
    });
    const right = found.map((cosines, at) => cosines.filter((cosine) => cosine >= (least[at] ?? 1) - DRAW).length);
    const sum = right.reduce((total, count) => total + Math.min(1, count / NEAREST), 0);
    recalls.push({ column, overlap: sum / probes.length });
  }
  return recalls;
}

interface Probes {
  readonly probes: readonly Vector[];
  /** How many items have the column. */
  readonly items: number;
}

async function someVectors({ cluster }: Probing, { index }: Generation, column: Column): Promise<Probes> {
  const query = { function_score: { query: { exists: { field: column } }, random_score: {} } };
  const asked = { index, query, size: PROBES, _source: false, fields: [column], track_total_hits: NEAREST + 1 };
  const { hits } = await cluster.persist((client, sending) => client.search(asked, sending));
  const probes = hits.hits.flatMap(({ fields }) => storedVector({ fields }, column) ?? []);
  return { probes, items: typeof hits.total === 'object' ? hits.total.value : 0 };
}

async function graphCosines(
  asking: Asking,
  generation: Generation,
  { column, vector }: { readonly column: Column; readonly vector: Vector },
): Promise<readonly number[]> {
  const probes = [{ column, vector, weight: 1 }];
  const { candidates } = await findCandidates(asking, generation, { probes, candidates: NEAREST });
  return candidates.map(({ cosines }) => cosines[0] ?? -Infinity);
}

/** The cosine of the hundredth nearest, a probe each: of all items by a script, or of the 10,000 that a graph finds where none may run. */
async function leastOfTheNearest(
  { cluster, scripts }: Probing,
  { index }: Generation,
  { column, probes }: { readonly column: Column; readonly probes: readonly Vector[] },
): Promise<readonly number[]> {
  const bodies = probes.map((vector): estypes.MsearchMultisearchBody => {
    const probe = Array.from(vector);
    const script = { source: exactCosine(column), params: { probe } };
    const graph = { field: column, query_vector: probe, k: NEAREST, num_candidates: 10_000, rescore_vector: EXACTLY };
    const asked = scripts
      ? { query: { script_score: { query: { exists: { field: column } }, script } } }
      : { knn: graph };
    return { ...asked, size: 1, from: NEAREST - 1, _source: false, track_total_hits: false };
  });
  const searches = bodies.flatMap((body) => [{ index }, body]);
  const { responses } = await cluster.persist((client, sending) => client.msearch({ searches }, sending));
  return responses.map((response) => {
    if ('error' in response) throw new Error(`exact search failed: ${response.error.reason ?? ''}`);
    const score = response.hits.hits[0]?._score ?? 0;
    return scripts ? score - 1 : innerProduct(score);
  });
}

/** All that the graph is asked for is compared again with the floats as they were written. */
const EXACTLY = { oversample: 10 };
