import { encodeQuery } from '../../../subgraphs/query-embedding/encode-query.ts';
import { buildGeneration } from '../../../subgraphs/retrieval/catalogue/build-generation.ts';
import type { CandidateSet } from '../../../subgraphs/retrieval/index/item-index.ts';
import { planSearch } from '../../../subgraphs/retrieval/query-plan.ts';
import type { QueryPlan } from '../../../subgraphs/retrieval/query-plan.ts';
import { rankWindow } from '../../../subgraphs/retrieval/rank-window.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { SearchQuery } from '../../../src/vocabulary/search-request.ts';
import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import { ndcg } from '../../../subgraphs/retrieval/measures/ndcg.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { RowContext } from '../relevance-row.ts';
import { distanceOf, overlapAt10 } from './agreement.ts';
import { INDEXES, openAll } from './indexes.ts';
import type { IndexName } from './indexes.ts';
import { fashionQuestions, filmQuestions } from './questions.ts';
import type { Question } from './questions.ts';

/** How two indexes agree about one catalogue. */
export interface PairFigures {
  readonly name: string;
  /** Of the first ten, a question each. */
  readonly overlaps: readonly number[];
  readonly filteredOverlaps: readonly number[];
  /** Mean nDCG@10 of the first less that of the second; 0 where nothing was judged. */
  readonly quality: number;
  /** The largest difference of a cosine, and of BM25 relative to itself. */
  readonly cosine: number;
  readonly lexical: number;
}

/** What one index makes of one question. */
interface Answer {
  readonly ranking: readonly string[];
  readonly filtered: readonly string[];
  readonly candidates: CandidateSet;
}

type Answers = Readonly<Record<IndexName, readonly Answer[]>>;

/** Every pair of indexes on films and on fashion, ranked as the product is installed. */
export async function comparePairs(nodes: readonly string[], context: RowContext): Promise<readonly PairFigures[]> {
  const films = await compareOn('films', nodes, context);
  const fashion = await compareOn('fashion', nodes, context);
  return [...films, ...fashion];
}

async function compareOn(
  name: 'films' | 'fashion',
  nodes: readonly string[],
  { encoded, folder, say }: RowContext,
): Promise<readonly PairFigures[]> {
  const catalogue = await encoded.catalogue(name);
  const items = (await encoded.records(catalogue)).map(({ item }) => item);
  const questions = name === 'films' ? filmQuestions(folder, items) : fashionQuestions(items);
  const all = await openAll(nodes);
  try {
    const report = await buildGeneration(catalogue, { ...encoded, writer: all.writer });
    say(`${name}: ${report.items} items are in ${INDEXES.length} indexes; ${report.bridge.reason}`);
    const answers = await askAll(all.indexes, questions, encoded);
    const pairs = pairsOf(INDEXES).map(([a, b]) => figuresOf(`${name}: ${a} and ${b}`, { answers, questions, a, b }));
    for (const { name: pair, overlaps } of pairs) say(`${pair}: ${mean(overlaps).toFixed(3)} of the first ten`);
    return pairs;
  } finally {
    await all.close();
  }
}

async function askAll(
  indexes: Readonly<Record<IndexName, ServingIndex>>,
  questions: readonly Question[],
  encoded: RowContext['encoded'],
): Promise<Answers> {
  const plans: QueryPlan[] = [];
  for (const { text } of questions) plans.push(await planOf(text, indexes.twin, encoded));
  const entries: [IndexName, readonly Answer[]][] = [];
  for (const name of INDEXES) {
    const answers: Answer[] = [];
    for (const [at, plan] of plans.entries()) answers.push(await answerOf(indexes[name], plan, questions[at]));
    entries.push([name, answers]);
  }
  return Object.fromEntries(entries) as Record<IndexName, readonly Answer[]>;
}

async function answerOf(index: ServingIndex, plan: QueryPlan, question: Question | undefined): Promise<Answer> {
  const rank = async (filter?: Question['filter']): Promise<readonly string[]> => {
    const { hits } = await rankWindow(plan, index, { profile: PROFILE, tilts: TILTS, filter, sort: [], now: NOW });
    return hits.map(({ id }) => id);
  };
  return {
    ranking: await rank(),
    filtered: await rank(question?.filter),
    candidates: await index.candidates({ words: plan.words, probes: plan.probes, candidates: 100 }),
  };
}

const PROFILE = readRankingProfiles().select(undefined);
const TILTS = { query: NO_TILT, viewer: NO_TILT, strength: 0 };
/** Freshness is not measured here. */
const NOW = Date.parse('2026-11-21T00:00:00Z');

async function planOf(text: string, index: ServingIndex, { encoders }: RowContext['encoded']): Promise<QueryPlan> {
  const request: SearchQuery = {
    kind: 'SEARCH',
    queryId: 'asked',
    hash: '',
    viewer: {},
    parts: [{ kind: 'TEXT', text, weight: 1 }],
    facets: [],
    sort: [],
    personalization: { enabled: false },
    first: 100,
  };
  const encodePicture = () => Promise.reject(new Error('no picture is asked for here'));
  const encoding = await encodeQuery(request, { encoders: () => ({ text: [encoders.text] }), encodePicture });
  return planSearch(request, encoding, index);
}

function pairsOf<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b] as const));
}

interface Pair {
  readonly answers: Answers;
  readonly questions: readonly Question[];
  readonly a: IndexName;
  readonly b: IndexName;
}

function figuresOf(name: string, { answers, questions, a, b }: Pair): PairFigures {
  const pairs = questions.flatMap(({ grades }, at) => {
    const [one, other] = [answers[a][at], answers[b][at]];
    return one && other ? [{ one, other, grades }] : [];
  });
  const distances = pairs.map(({ one, other }) => distanceOf(one.candidates, other.candidates));
  const qualities = pairs.map(({ one, other, grades }) => ndcg(one.ranking, grades) - ndcg(other.ranking, grades));
  return {
    name,
    overlaps: pairs.map(({ one, other }) => overlapAt10(one.ranking, other.ranking)),
    filteredOverlaps: pairs.map(({ one, other }) => overlapAt10(one.filtered, other.filtered)),
    quality: mean(qualities),
    cosine: Math.max(...distances.map(({ cosine }) => cosine)),
    lexical: Math.max(...distances.map(({ lexical }) => lexical)),
  };
}
