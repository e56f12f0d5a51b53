import type { ItemFilter } from '../../../../src/vocabulary/item-filter.ts';
import { weightedSum } from '../../../../src/vocabulary/vector.ts';
import { queryTerms } from '../lexicon.ts';
import { COLUMNS } from '../item-index.ts';
import type { Candidate, CandidateSet, Column, IndexQuery, Probe } from '../item-index.ts';
import { checkVector } from './resident-generation.ts';
import type { ResidentGeneration } from './resident-generation.ts';
import { topRows } from './top-rows.ts';

/**
 * BM25 by id: of the best `limit` items that pass the filter, and of those of the ids named that have a term. How it is come
 * by is the adapter's: counted here, or asked of an engine's full-text index.
 */
export type LexicalScores = (query: LexicalQuery) => Promise<ReadonlyMap<string, number>>;

export interface LexicalQuery {
  /** At least one. */
  readonly terms: readonly string[];
  readonly filter?: ItemFilter;
  /** The filter's meaning by row. */
  readonly mask: Uint8Array;
  /** How many items match: they have a term and pass. */
  readonly matching: number;
  readonly limit: number;
  readonly ids: readonly string[];
}

/** The candidates of every kind of evidence, each scored by every kind. Errors: SPACE_MISMATCH, UNKNOWN_FIELD. */
export async function findCandidates(
  generation: ResidentGeneration,
  query: IndexQuery,
  lexicalScores: LexicalScores,
): Promise<CandidateSet> {
  for (const { column, vector } of query.probes) checkVector(generation.head, column, vector);
  const { rows, fields, words } = generation;
  const mask = fields.mask(query.filter);
  const terms = words.spelled(queryTerms(query.words ?? ''));
  const matching = words.matching(terms, mask);
  const idfSum = terms.reduce((sum, term) => sum + words.idf(term), 0);
  const seen = new Set(COLUMNS.flatMap((column) => topOfColumn(generation, query, { column, mask })));
  const ids = Array.from(seen, (row) => rows.idOf(row));
  const asked = { terms, filter: query.filter, mask, matching, limit: query.candidates, ids };
  const lexical = matching > 0 ? await lexicalScores(asked) : new Map<string, number>();
  return {
    candidates: scored(generation, query.probes, { ids, lexical }),
    matched: { value: query.words === undefined ? count(mask) : matching, relation: 'EXACT' },
    idfSum,
  };
}

/** The probes of a column make one vector, since dot products add up: the column is scanned once. */
function topOfColumn(
  generation: ResidentGeneration,
  { probes, candidates }: IndexQuery,
  { column, mask }: { readonly column: Column; readonly mask: Uint8Array },
): readonly number[] {
  const { rows } = generation;
  const vectors = generation.column(column);
  const mine = probes.filter((probe) => probe.column === column);
  if (!vectors || mine.length === 0) return [];
  const scores = vectors.scores(weightedSum(mine, vectors.dims), rows.span);
  return topRows(scores, (row) => mask[row] === 1 && vectors.has(row), { rows, limit: candidates });
}

/** An engine takes time to answer, in which rows may have changed hands: ids are looked up again. */
function scored(
  generation: ResidentGeneration,
  probes: readonly Probe[],
  { ids, lexical }: { readonly ids: readonly string[]; readonly lexical: ReadonlyMap<string, number> },
): readonly Candidate[] {
  const found = [...new Set([...ids, ...lexical.keys()])].sort().flatMap((id) => {
    const row = generation.rows.rowOf(id);
    return row === undefined ? [] : [{ id, row }];
  });
  const rows = found.map(({ row }) => row);
  const cosines = probes.map(({ column, vector }) => generation.column(column)?.scoresOf(vector, rows));
  return found.map(({ id }, place) => ({
    id,
    lexical: lexical.get(id) ?? 0,
    cosines: cosines.map((column) => column?.[place] ?? null),
  }));
}

function count(mask: Uint8Array): number {
  return mask.reduce((sum, bit) => sum + bit, 0);
}
