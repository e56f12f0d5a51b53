import { weightedSum } from '../../../../src/vocabulary/vector.ts';
import { queryTerms } from '../lexicon.ts';
import { COLUMNS } from '../item-index.ts';
import type { Candidate, CandidateSet, Column, IndexQuery } from '../item-index.ts';
import { checkVector } from './resident-generation.ts';
import type { ResidentGeneration } from './resident-generation.ts';
import { topRows } from './top-rows.ts';

/** BM25 by row. How it is come by is the adapter's: exact and here, or from an engine's full-text index. */
export interface LexicalScores {
  /** The best of the items that pass, at most `limit`. */
  best(query: LexicalQuery, limit: number): Promise<ReadonlyMap<number, number>>;
  /** Those of the rows that have a term. */
  of(query: LexicalQuery, rows: readonly number[]): Promise<ReadonlyMap<number, number>>;
}

export interface LexicalQuery {
  readonly terms: readonly string[];
  readonly filter?: IndexQuery['filter'];
  /** The filter's meaning by row. */
  readonly mask: Uint8Array;
}

/** The candidates of every kind of evidence, each scored by every kind. Errors: SPACE_MISMATCH, UNKNOWN_FIELD. */
export async function findCandidates(
  generation: ResidentGeneration,
  query: IndexQuery,
  lexical: LexicalScores,
): Promise<CandidateSet> {
  for (const { column, vector } of query.probes) checkVector(generation.head, column, vector);
  const mask = generation.fields.mask(query.filter);
  const terms = generation.words.spelled(queryTerms(query.words ?? ''));
  const asked: LexicalQuery = { terms, filter: query.filter, mask };
  const byWords = terms.length > 0 ? await lexical.best(asked, query.candidates) : new Map<number, number>();
  const rows = new Set(byWords.keys());
  for (const row of COLUMNS.flatMap((column) => topOfColumn(generation, query, { column, mask }))) rows.add(row);
  const others = [...rows].filter((row) => !byWords.has(row));
  const rest = terms.length > 0 && others.length > 0 ? await lexical.of(asked, others) : new Map<number, number>();
  return {
    candidates: scored(generation, query, { rows: [...rows], lexical: new Map([...byWords, ...rest]) }),
    matched: { value: query.words ? generation.words.matching(terms, mask) : count(mask), relation: 'EXACT' },
    idfSum: terms.reduce((sum, term) => sum + generation.words.idf(term), 0),
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

function scored(
  generation: ResidentGeneration,
  { probes }: IndexQuery,
  found: { readonly rows: readonly number[]; readonly lexical: ReadonlyMap<number, number> },
): readonly Candidate[] {
  const cosines = probes.map(({ column, vector }) => generation.column(column)?.scoresOf(vector, found.rows));
  const candidates = found.rows.map((row, place) => ({
    id: generation.rows.idOf(row),
    lexical: found.lexical.get(row) ?? 0,
    cosines: cosines.map((column) => column?.[place] ?? null),
  }));
  return candidates.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function count(mask: Uint8Array): number {
  return mask.reduce((sum, bit) => sum + bit, 0);
}
