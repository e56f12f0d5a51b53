import { weightedSum } from '../../../../src/vocabulary/vector.ts';
import { askedWords, unreadForms } from '../asked-words.ts';
import type { AskedWords, KnownTerms } from '../asked-words.ts';
import { commonestPair, isHeld, partings } from '../compounds.ts';
import { slipForms } from '../lexicon.ts';
import type { SlipForms } from '../lexicon.ts';
import { stem } from '../stem.ts';
import { NO_SYNONYMS } from '../synonyms.ts';
import { COLUMNS } from '../item-index.ts';
import type { Candidate, CandidateSet, Column, IndexQuery } from '../item-index.ts';
import { idIn, idsNamed, markNamed } from '../named-items.ts';
import { checkVector } from '../fit-rows.ts';
import type { ResidentGeneration } from './resident-generation.ts';
import { topRows } from './top-rows.ts';

/** The candidates of every kind of evidence, each scored by every kind, exactly. Errors: SPACE_MISMATCH, UNKNOWN_FIELD. */
export function findCandidates(generation: ResidentGeneration, query: IndexQuery): CandidateSet {
  for (const { column, vector } of query.probes) checkVector(generation.head, column, vector);
  const { rows, fields, words } = generation;
  const mask = fields.mask(query.filter);
  const { anId, named } = itemsNamed(generation, query, mask);
  const { sought, counted, standIns, unread } = asked(generation, { ...query, anId });
  const lexical = words.scores(sought, mask);
  const matches = (row: number): boolean => (lexical[row] ?? 0) > 0;
  const found = new Set([
    ...COLUMNS.flatMap((column) => topOfColumn(generation, query, { column, mask })),
    ...topRows(lexical, matches, { rows, limit: query.candidates }),
    ...named.flatMap((id) => rows.rowOf(id) ?? []),
  ]);
  return {
    candidates: markNamed(scored(generation, query, { found: [...found], lexical }), named),
    idfSum: counted.reduce((sum, term) => sum + words.idf(term), 0),
    standIns,
    unread: anId ? [] : unread,
  };
}

interface Asked extends Pick<IndexQuery, 'words' | 'literal' | 'synonyms'> {
  readonly anId: boolean;
}

/** What the words ask for; where nothing is known of some, with slips mended in what only rules know. */
function asked(generation: ResidentGeneration, query: Asked): AskedWords {
  const { words = '', synonyms = NO_SYNONYMS } = query;
  const forms = formsOf(query);
  const first = askedWords(words, knownTerms(generation, forms), synonyms);
  const mended = synonyms.mended(words, unreadForms(first, forms));
  if (!mended) return first;
  const formsMeant = formsOf({ ...query, words: mended.words });
  const meant = askedWords(mended.words, knownTerms(generation, formsMeant), synonyms);
  return { ...meant, standIns: new Map([...meant.standIns, ...mended.standIns]) };
}

/** Nothing stands in for words that are an id. */
function formsOf({ words = '', literal, anId }: Asked): SlipForms {
  return anId ? new Map() : slipForms(words, literal);
}

function knownTerms({ words }: ResidentGeneration, forms: SlipForms): KnownTerms {
  const its = (term: string): readonly string[] => forms.get(term) ?? [];
  const commonest = (term: string, having: (parts: readonly string[]) => number): ReturnType<typeof commonestPair> =>
    commonestPair(partings(its(term).at(-1) ?? '').map((pair) => [pair, having(pair.map(stem))]));
  return {
    has: (term) => words.has(term),
    hasAll: (terms) => terms.every((term) => words.has(term)) && (terms.length === 1 || words.havingAll(terms) > 0),
    idf: (term) => words.idf(term),
    standIns: (term, beside, slips) => words.standIns(its(term), beside, slips),
    parted: (term) => commonest(term, (parts) => words.havingAll(parts)),
    held: (term) =>
      commonest(term, (parts) => {
        const both = words.havingAll([term, ...parts]);
        return isHeld(words.havingAll([term]), both) ? both : 0;
      }),
  };
}

/** Whether the words are an id, and the ids of the items of the mask that they name. */
function itemsNamed(
  { rows }: ResidentGeneration,
  { words }: IndexQuery,
  mask: Uint8Array,
): { readonly anId: boolean; readonly named: readonly string[] } {
  const text = idIn(words);
  const alike = text === undefined ? [] : rows.idsLike(text);
  const passing = alike.filter((id) => mask[rows.rowOf(id) ?? -1] === 1);
  return { anId: alike.length > 0, named: idsNamed(text ?? '', passing) };
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
  { found, lexical }: { readonly found: readonly number[]; readonly lexical: Float32Array },
): readonly Candidate[] {
  const byId = found.map((row) => ({ id: generation.rows.idOf(row), row })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = byId.map(({ row }) => row);
  const cosines = probes.map(({ column, vector }) => generation.column(column)?.scoresOf(vector, rows));
  return byId.map(({ id, row }, place) => ({
    id,
    lexical: lexical[row] ?? 0,
    cosines: cosines.map((column) => column?.[place] ?? null),
  }));
}
