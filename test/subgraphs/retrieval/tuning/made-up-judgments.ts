import { mixWeights, withRequestedPriors } from '../../../../subgraphs/retrieval/ranking/weights.ts';
import { readRankingProfiles } from '../../../../subgraphs/retrieval/ranking-profiles.ts';
import type { AskedSearch, FoundRanking, FrontDoor } from '../../../../subgraphs/retrieval/tuning/front-door.ts';
import type { JudgedQuery } from '../../../../subgraphs/retrieval/tuning/judged-queries.ts';
import { NO_TILT } from '../../../../src/vocabulary/tilt.ts';
import type { Signal } from '../../../../src/vocabulary/signal.ts';
import { seeded } from '../../../support/random.ts';

export const PROFILE = readRankingProfiles().select(undefined);

const SIGNALS = ['LEXICAL', 'TEXT', 'IMAGE'] as const satisfies readonly Signal[];
const PRESENT = new Set<Signal>(SIGNALS);

type Scores = Readonly<Record<(typeof SIGNALS)[number], number>>;

/** Queries over the same sixty items, of which those that look best by a signal are the right ones. */
export interface MadeUp {
  readonly queries: readonly JudgedQuery[];
  readonly door: FrontDoor;
  readonly asked: AskedSearch[];
}

export function makeUp({ queries: count, decides }: { readonly queries: number; readonly decides: Signal }): MadeUp {
  const random = seeded(7);
  const items = Array.from({ length: 60 }, (_, n) => `i${n}`);
  const scores = new Map<string, ReadonlyMap<string, Scores>>();
  const queries = Array.from({ length: count }, (_, n): JudgedQuery => {
    const words = `query ${n}`;
    const said = new Map(items.map((id) => [id, { LEXICAL: random(), TEXT: random(), IMAGE: random() }]));
    scores.set(words, said);
    const deciding = (id: string) => said.get(id)?.[decides as keyof Scores] ?? 0;
    const right = items.toSorted((a, b) => deciding(b) + 0.2 * random() - deciding(a) - 0.2 * random()).slice(0, 8);
    return { words, grades: new Map(right.map((id, place) => [id, place < 3 ? 2 : 1])) };
  });
  const asked: AskedSearch[] = [];
  const door: FrontDoor = {
    search: (order) => {
      asked.push(order);
      return Promise.resolve(answer(order, scores.get(order.words) ?? new Map()));
    },
  };
  return { queries, door, asked };
}

function answer({ weights: requested, first }: AskedSearch, said: ReadonlyMap<string, Scores>): FoundRanking {
  const profile = withRequestedPriors(PROFILE, requested);
  const weights = mixWeights(profile, { query: NO_TILT, viewer: NO_TILT, strength: 0 }, PRESENT);
  const hits = [...said].map(([id, signals]) => ({
    id,
    score: weights.reduce((sum, { signal, weight }) => sum + weight * signals[signal as keyof Scores], 0),
    boost: 0,
    signals,
  }));
  return {
    profile: PROFILE.key,
    version: PROFILE.version,
    weights,
    hits: hits.sort((a, b) => b.score - a.score).slice(0, first),
  };
}
