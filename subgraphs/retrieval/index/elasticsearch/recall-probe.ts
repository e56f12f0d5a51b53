import type { estypes } from '@elastic/elasticsearch';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { COLUMNS } from '../item-index.ts';
import type { Column } from '../item-index.ts';
import { innerProduct } from './candidate-request.ts';
import { findCandidates } from './candidates.ts';
import type { Asking } from './candidates.ts';
import type { Generation } from './generations.ts';
import { storedVectors } from './item-document.ts';

/** How well a column is searched: the share of the exactly nearest 100 that is found, on the average of some items' own vectors. */
export interface Recall {
  readonly column: Column;
  readonly overlap: number;
}

const NEAREST = 100;
const PROBES = 20;
/** Scores that differ by less are a draw, and any of a draw is right. */
const DRAW = 1e-6;

/** Compares what the graphs find with exact search, in every column that has items. */
export async function recallOf(asking: Asking, generation: Generation): Promise<readonly Recall[]> {
  const recalls: Recall[] = [];
  for (const column of COLUMNS.filter((name) => generation.head.dims[name] > 0)) {
    const probes = await someVectors(asking, generation, column);
    let sum = 0;
    for (const vector of probes) sum += await overlap(asking, generation, { column, vector });
    if (probes.length > 0) recalls.push({ column, overlap: sum / probes.length });
  }
  return recalls;
}

async function someVectors({ cluster }: Asking, { index }: Generation, column: Column): Promise<readonly Vector[]> {
  const query = { function_score: { query: { exists: { field: column } }, random_score: {} } };
  const { hits } = await cluster.persist((client, sending) =>
    client.search({ index, query, size: PROBES, _source: false, fields: [column] }, sending),
  );
  return hits.hits.flatMap((hit) => storedVectors(hit)[column] ?? []);
}

interface ColumnProbe {
  readonly column: Column;
  readonly vector: Vector;
}

async function overlap(asking: Asking, generation: Generation, { column, vector }: ColumnProbe): Promise<number> {
  const exact = await exactCosines(asking, generation, { column, vector });
  const least = (exact.at(-1) ?? 0) - DRAW;
  const probes = [{ column, vector, weight: 1 }];
  const { candidates } = await findCandidates(asking, generation, { probes, candidates: NEAREST });
  const right = candidates.filter(({ cosines }) => (cosines[0] ?? -Infinity) >= least);
  return exact.length === 0 ? 1 : right.length / exact.length;
}

/** The cosines of the nearest, best first: of all items by a script, or of the 10,000 that a graph finds where none may run. */
async function exactCosines(
  { cluster, scripts }: Asking,
  { index }: Generation,
  { column, vector }: ColumnProbe,
): Promise<readonly number[]> {
  const params = { probe: Array.from(vector) };
  const source = `Math.max(0, 1 + dotProduct(params.probe, '${column}'))`;
  const byScript: estypes.SearchRequest = {
    query: { script_score: { query: { exists: { field: column } }, script: { source, params } } },
  };
  const byGraph: estypes.SearchRequest = {
    knn: {
      field: column,
      query_vector: params.probe,
      k: NEAREST,
      num_candidates: 10_000,
      rescore_vector: { oversample: 10 },
    },
  };
  const asked = { index, size: NEAREST, _source: false, ...(scripts ? byScript : byGraph) };
  const { hits } = await cluster.persist((client, sending) => client.search(asked, sending));
  return hits.hits.map(({ _score }) => (scripts ? (_score ?? 0) - 1 : innerProduct(_score ?? 0)));
}
