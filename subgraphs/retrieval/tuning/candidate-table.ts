import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import type { Tilt } from '../../../src/vocabulary/tilt.ts';
import { boostShare } from '../ranking/boosts.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import type { FoundHit, FoundRanking, FrontDoor } from './front-door.ts';
import type { JudgedQuery } from './judged-queries.ts';

/** What every signal says of every candidate of one judged query: enough to rank them by any weights, without asking again. */
export interface CandidateTable extends Pick<JudgedQuery, 'grades'> {
  /** Of the query; it moves the weights as it does when the query is asked. */
  readonly tilt: Tilt;
  readonly present: ReadonlySet<Signal>;
  readonly candidates: readonly TabledCandidate[];
}

export interface TabledCandidate {
  readonly id: string;
  /** Normalised scores. */
  readonly signals: BySignal<number>;
  /** What the business boosts add, whatever the weights. */
  readonly gain: number;
}

/** As many as a page may have. */
const FIRST = 100;
/** Next to nothing: the signals that hardly count are explained all the same. */
const HARDLY = 0.001;

/** Asks for the best by the profile's own weights, then for the best by each signal that the query has, nearly alone. */
export async function askForTable(
  { words, grades }: JudgedQuery,
  profile: RankingProfile,
  door: FrontDoor,
): Promise<CandidateTable> {
  const ask = (weights: BySignal<number>) =>
    door.search({ words, profile: profile.key, weights, first: FIRST, explained: true });
  const blended = await ask(bySignal((signal) => Math.max(HARDLY, profile.signals[signal].prior)));
  const present = blended.weights.map(({ signal }) => signal);
  const answers = [blended];
  for (const signal of present) answers.push(await ask(bySignal((each) => (each === signal ? 1 : HARDLY))));
  return { grades, ...tableOf(answers, profile) };
}

/** The union of the candidates of some answers to one query. */
function tableOf(answers: readonly FoundRanking[], profile: RankingProfile): Omit<CandidateTable, 'grades'> {
  const share = boostShare(profile);
  const weights = answers[0]?.weights ?? [];
  const hits = new Map(answers.flatMap((answer) => answer.hits).map((hit) => [hit.id, hit]));
  return {
    tilt: Object.fromEntries(weights.map(({ signal, queryTilt }) => [signal, queryTilt])),
    present: new Set(weights.map(({ signal }) => signal)),
    candidates: [...hits.values()].map((hit) => ({ id: hit.id, signals: hit.signals, gain: gainOf(hit, share) })),
  };
}

/** A boost is the gain less the share of the score that makes room for it: see `boosted`. */
function gainOf({ score, boost }: FoundHit, share: number): number {
  return boost + share * (score - boost);
}

function bySignal(weightOf: (signal: Signal) => number): BySignal<number> {
  return Object.fromEntries(SIGNALS.map((signal) => [signal, weightOf(signal)]));
}
