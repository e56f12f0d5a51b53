import type { Signal } from '../../../src/vocabulary/signal.ts';
import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import type { CandidateSet } from '../../../subgraphs/retrieval/index/item-index.ts';
import { rankWindow } from '../../../subgraphs/retrieval/rank-window.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { rankingProfilesSchema } from '../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import type { RankingProfile } from '../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { AskedQuery, Shop } from './open-shop.ts';

/** A way of ranking: a profile of the product, or an order made here to stand beside it. */
export type Arm = ProfileArm | { readonly order: (found: CandidateSet, asked: AskedQuery) => readonly string[] };

export interface ProfileArm {
  readonly profile: RankingProfile;
  /** Whether the query itself may move the weights. */
  readonly tilted?: boolean;
}

/** The product as it is installed. */
export const DEFAULT: ProfileArm = { profile: readRankingProfiles().select(undefined), tilted: true };

export interface BlendSettings {
  readonly lexical?: number;
  readonly text?: number;
  readonly image?: number;
  readonly popularity?: number;
}

/** Weights that nothing moves; they need not sum to 1. */
export function blend({ lexical = 0, text = 0, image = 0, popularity = 0 }: BlendSettings): ProfileArm {
  const sum = lexical + text + image;
  const [profile] = rankingProfilesSchema.parse([
    {
      key: 'blend',
      version: 1,
      signals: { LEXICAL: { prior: lexical / sum }, TEXT: { prior: text / sum }, IMAGE: { prior: image / sum } },
      boosts: { popularity },
    },
  ]);
  if (!profile) throw new RangeError('a blend is one profile');
  return { profile };
}

/**
 * Text and image vectors laid end to end and compared as one: the cosine is the mean of both, as the encoders and the bridge
 * made them. An item without a picture has zeros there.
 */
export const CONCATENATED: Arm = {
  order: ({ candidates }) =>
    candidates
      .map(({ id, cosines }) => ({ id, score: cosines.reduce<number>((sum, cosine) => sum + (cosine ?? 0), 0) }))
      .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id),
};

/** A shop that answers a query's second ranking from the candidates of the first. */
export function remembering({ index, ...shop }: Shop): Shop {
  const found = new WeakMap<object, Promise<CandidateSet>>();
  const candidates: ServingIndex['candidates'] = (query) => {
    const known = found.get(query.probes) ?? index.candidates(query);
    found.set(query.probes, known);
    return known;
  };
  return { ...shop, index: { ...index, candidates } };
}

/** The same profile with one signal switched off. */
export function withoutSignal(arm: ProfileArm, signal: Signal): ProfileArm {
  const { profile } = arm;
  const off = { prior: 0, min: 0, max: 1 };
  return { ...arm, profile: { ...profile, signals: { ...profile.signals, [signal]: off } } };
}

/** Item ids, best first, of the whole catalogue's best. */
export async function rankingOf({ index }: Shop, asked: AskedQuery, arm: Arm): Promise<readonly string[]> {
  const { plan, encoding } = asked;
  if ('order' in arm) {
    const all = { words: plan.words, probes: plan.probes, candidates: 500 };
    return arm.order(await index.candidates(all), asked);
  }
  const tilts = { query: arm.tilted ? encoding.tilt : NO_TILT, viewer: NO_TILT, strength: 0 };
  const { hits } = await rankWindow(plan, index, { profile: arm.profile, tilts, sort: [], now: NOW });
  return hits.map(({ id }) => id);
}

/** Freshness is not measured here; a fixed time keeps runs alike. */
const NOW = Date.parse('2026-11-21T00:00:00Z');
