import type { estypes } from '@elastic/elasticsearch';
import { weightedSum } from '../../../../src/vocabulary/vector.ts';
import { dimsOf } from '../columns.ts';
import { COLUMNS } from '../item-index.ts';
import type { Column, GenerationHead, IndexQuery, Probe } from '../item-index.ts';
import type { SoughtTerm, Way } from '../lexicon.ts';
import { idIn } from '../named-items.ts';
import { columnHits, VERSION } from './column-hits.ts';
import { LARGEST_ANSWER } from './generation-mapping.ts';

type Query = estypes.QueryDslQueryContainer;

/** A query as the index is asked it. */
export interface AskedQuery {
  readonly head: GenerationHead;
  /** As the lexicon reads words; nothing where the query has none. */
  readonly sought: Way;
  readonly query: IndexQuery;
  readonly filter: Query;
  /** How long the shards may take, milliseconds. */
  readonly budget: number;
}

/** The name under which the BM25 of a hit comes back. */
export const LEXICAL = 'lexical';
/** The name under which a hit comes back whose id the words are, in letters of either case. */
export const NAMED = 'named';
/** The name under which 1 + the cosine of a hit with a probe comes back. */
export const partName = (place: number): string => `probe_${place}`;

/** Elasticsearch walks a graph for at most so many. */
const MOST_NEIGHBOURS = 10_000;
const LEAST_VISITED = 100;
/** So high that what a graph finds stands above all that only words find, and is in the answer. */
const ABOVE_WORDS = 1e6;
/** What is named stands above all else. */
const ABOVE_ALL = 1e9;
/** How many ids that differ by case alone may all be found. */
const MOST_NAMED = 10;

export interface CandidateManner {
  /** Whether exact scores come from scripts. */
  readonly scripts: boolean;
  /** Whether the version of each hit is wanted. */
  readonly versions?: boolean;
}

/**
 * The one search that finds the candidates of all kinds of evidence and scores each by every kind. The graphs compare with vectors
 * of 8 bits a number, so they are asked for some more than are wanted. What counts comes back by name, exactly: BM25, and the
 * cosine with each probe from a script. The scripts stand in a rescorer, whose window of one spares computing them twice.
 */
export function candidateRequest(asked: AskedQuery, { scripts, versions }: CandidateManner): estypes.SearchRequest {
  const { query, budget } = asked;
  const columns = columnsAsked(asked);
  const parts = scripts ? probesAsked(asked).map(([place, probe]) => exactPart(place, probe)) : [];
  const id = idIn(query.words);
  const words = wordsQueries(asked.sought);
  const sought = [...words, ...(id === undefined ? [] : [namedQuery(id)])];
  const byWords = words.length * query.candidates + (id === undefined ? 0 : MOST_NAMED);
  const found = columns.length * neighbours(query).k + byWords;
  return {
    size: Math.min(LARGEST_ANSWER, found),
    ...columnHits(...(versions ? [VERSION] : [])),
    track_total_hits: false,
    timeout: `${Math.ceil(budget)}ms`,
    ...(sought.length > 0 && {
      query: { bool: { must: [{ bool: { should: sought } }], filter: [asked.filter] } },
    }),
    ...(columns.length > 0 && { knn: columns.map((column) => nearest(column, asked)) }),
    ...(parts.length > 0 && {
      rescore: {
        window_size: 1,
        query: { rescore_query: { bool: { should: parts } }, query_weight: 1, rescore_query_weight: 0 },
      },
    }),
  };
}

function wordsQueries(sought: Way): readonly Query[] {
  if (sought.terms.length + sought.senses.length === 0) return [];
  return [{ bool: { _name: LEXICAL, ...counting(sought) } }];
}

/** BM25 of the title and of the whole text add up; of the ways to say one thing the best counts. */
function counting({ terms, senses, whole }: Way): estypes.QueryDslBoolQuery {
  const best = senses.map((ways) => ({ dis_max: { queries: ways.map((way) => ({ bool: counting(way) })) } }));
  const all = whole ? terms.map(({ term }) => ({ term: { terms: term } })) : [];
  return { should: [...matches(terms), ...best], ...(all.length > 0 && { filter: all }) };
}

/** An earlier release built generations whose own reading of a query puts synonyms in. */
const ANALYZER = 'whitespace';

function matches(terms: readonly SoughtTerm[]): Query[] {
  const weights = [...Map.groupBy(terms, ({ weight }) => weight)];
  return weights.flatMap(([boost, weighing]) => {
    const query = weighing.map(({ term }) => term).join(' ');
    return ['title', 'terms'].map((field) => ({ match: { [field]: { query, boost, analyzer: ANALYZER } } }));
  });
}

function namedQuery(id: string): Query {
  return { constant_score: { _name: NAMED, filter: idQuery(id), boost: ABOVE_ALL } };
}

/** Elasticsearch knows the case of the letters of ASCII alone; of others it is told all in capitals and all small. */
export function idQuery(id: string): Query {
  const written = [...new Set([id, id.toLowerCase(), id.toUpperCase()])];
  return { bool: { should: written.map((value) => ({ term: { id: { value, case_insensitive: true } } })) } };
}

/** The probes of a column make one vector, since dot products add up: each graph is walked once. */
function nearest(column: Column, { head, query, filter }: AskedQuery): estypes.KnnSearch {
  const mine = query.probes.filter((probe) => probe.column === column);
  return {
    field: column,
    query_vector: Array.from(weightedSum(mine, dimsOf(head, column))),
    ...neighbours(query),
    filter,
    boost: ABOVE_WORDS,
  };
}

function neighbours({ candidates }: IndexQuery): { readonly k: number; readonly num_candidates: number } {
  const k = Math.min(MOST_NEIGHBOURS, Math.ceil(1.2 * candidates) + 10);
  return { k, num_candidates: Math.min(MOST_NEIGHBOURS, Math.max(LEAST_VISITED, 2 * k)) };
}

/** The script of 1 + the cosine with `params.probe`: scores may not be negative. */
export function exactCosine(column: Column): string {
  return `Math.max(0, 1 + dotProduct(params.probe, '${column}'))`;
}

/** An item without the column has no such part. */
function exactPart(place: number, { column, vector }: Probe): Query {
  return {
    script_score: {
      _name: partName(place),
      query: { exists: { field: column } },
      script: { source: exactCosine(column), params: { probe: Array.from(vector) } },
    },
  };
}

/**
 * Where no script may run, the second search: a part each, of the candidates that were found. A graph that may reach no more than
 * are asked for compares them all, and the comparison is made again with the floats as they were written.
 */
export function partRequests(asked: AskedQuery, ids: readonly string[]): readonly PartRequest[] {
  const starts = Array.from({ length: Math.ceil(ids.length / MOST_NEIGHBOURS) }, (_, at) => at * MOST_NEIGHBOURS);
  return starts.flatMap((start) => {
    const these = ids.slice(start, start + MOST_NEIGHBOURS);
    return probesAsked(asked).map(([place, probe]) => ({ place, search: partSearch(probe, these) }));
  });
}

export interface PartRequest {
  /** Of the probe. */
  readonly place: number;
  readonly search: estypes.MsearchMultisearchBody;
}

function partSearch({ column, vector }: Probe, ids: readonly string[]): estypes.MsearchMultisearchBody {
  const knn: estypes.KnnSearch = {
    field: column,
    query_vector: Array.from(vector),
    k: ids.length,
    num_candidates: ids.length,
    filter: { terms: { id: [...ids] } },
    rescore_vector: { oversample: 1 },
  };
  return { knn, size: ids.length, ...columnHits(), track_total_hits: false };
}

/** The score of the inner product, turned back: Elasticsearch keeps it above 0. */
export function innerProduct(score: number): number {
  return score >= 1 ? score - 1 : 1 - 1 / score;
}

/** The probes by place, of columns that the generation has. */
function probesAsked({ head, query }: AskedQuery): readonly (readonly [number, Probe])[] {
  return query.probes.flatMap((probe, place) => (dimsOf(head, probe.column) > 0 ? [[place, probe] as const] : []));
}

function columnsAsked(asked: AskedQuery): readonly Column[] {
  return COLUMNS.filter((column) => probesAsked(asked).some(([, probe]) => probe.column === column));
}
