import type { Item } from '../../src/vocabulary/item.ts';
import type { ItemFilter } from '../../src/vocabulary/item-filter.ts';
import type { Sort } from '../../src/vocabulary/search-request.ts';
import type { BySignal } from '../../src/vocabulary/signal.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { boosted } from './ranking/boosts.ts';
import { diversified, limitedByGroup } from './ranking/diversity.ts';
import { evidenceOf } from './ranking/evidence.ts';
import type { Hit } from './ranking/hit.ts';
import { mix, presentSignals } from './ranking/mixing.ts';
import type { MixedHit } from './ranking/mixing.ts';
import type { RankingProfile } from './ranking/ranking-profile.ts';
import { sorted } from './ranking/sorting.ts';
import { mixWeights, withRequestedPriors } from './ranking/weights.ts';
import type { SignalWeight, Tilts } from './ranking/weights.ts';
import type { QueryPlan } from './query-plan.ts';
import type { ServingIndex } from './serving-index.ts';

export interface RankSettings {
  readonly profile: RankingProfile;
  readonly tilts: Tilts;
  readonly weights?: BySignal<number>;
  readonly filter?: ItemFilter;
  readonly sort: readonly Sort[];
  readonly minScore?: number;
  readonly diversity?: number;
  readonly exclude?: ReadonlySet<string>;
  readonly now: number;
}

export interface RankedWindow {
  readonly hits: readonly Hit[];
  readonly items: ReadonlyMap<string, Item>;
  readonly weights: readonly SignalWeight[];
  /** Some of the index did not answer, or not in time. */
  readonly partial?: boolean;
}

/** Candidates from every signal, each scored by every signal; mixed, boosted, cut off, varied; at most the profile's window. */
export async function rankWindow(plan: QueryPlan, index: ServingIndex, settings: RankSettings): Promise<RankedWindow> {
  const { fitting } = index.serving();
  const { filter } = settings;
  const found = await index.candidates({
    words: plan.words,
    probes: plan.probes,
    filter,
    candidates: settings.profile.candidates,
  });
  const profile = withRequestedPriors(settings.profile, plan.weights ?? settings.weights);
  const evidence = { probes: plan.probes, calibration: fitting.calibration, idfSum: found.idfSum };
  const excluded = new Set([...plan.itself, ...(settings.exclude ?? [])]);
  const scored = found.candidates
    .filter(({ id }) => !excluded.has(id))
    .map((candidate) => ({ id: candidate.id, evidence: evidenceOf(candidate, evidence) }));
  const weights = mixWeights(profile, settings.tilts, presentSignals(scored));
  const leastOfProfile = plan.words === undefined ? 0 : profile.minScore;
  const least = settings.minScore ?? leastOfProfile;
  const best = cutOff(mix(scored, weights, profile), least).slice(0, reach(profile));
  const items = await itemsById(index, best);
  const lifted = best.map((hit) => lift(hit, items.get(hit.id), settings)).sort(byScore);
  const varied = await vary(
    limitedByGroup(lifted, profile.perGroup, (id) => items.get(id)?.groupId),
    index,
    settings,
  );
  const hits = sorted(varied.slice(0, profile.window), settings.sort, items);
  return { hits, items, weights, partial: found.partial };
}

/** A little more than the window, so that boosts can lift what stands just below it. */
function reach({ window }: RankingProfile): number {
  return Math.ceil(window * 1.2);
}

function cutOff(hits: readonly MixedHit[], least: number): readonly MixedHit[] {
  return hits.filter(({ linear, score }) => linear >= least && score > 0).sort(byScore);
}

function lift({ linear: _, ...hit }: MixedHit, item: Item | undefined, settings: RankSettings): Hit {
  const score = boosted(hit.score, item, settings);
  return { ...hit, score, boost: score - hit.score };
}

function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}

async function vary(
  hits: readonly Hit[],
  index: ServingIndex,
  { diversity, profile }: RankSettings,
): Promise<readonly Hit[]> {
  const wanted = diversity ?? profile.diversity;
  if (wanted === 0) return hits;
  const top = hits.slice(0, 100).map(({ id }) => id);
  const stored = await index.vectors(top);
  const vectors = new Map<string, Vector | undefined>(
    top.map((id, i) => [id, stored[i]?.looks ?? stored[i]?.text ?? undefined]),
  );
  return diversified(hits, wanted, (id) => vectors.get(id));
}

export async function itemsById(
  index: ServingIndex,
  hits: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, Item>> {
  const items = await index.items(hits.map(({ id }) => id));
  return new Map(items.flatMap((item) => (item ? [[item.id, item] as const] : [])));
}
