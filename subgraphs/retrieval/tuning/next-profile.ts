import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { AS_IT_IS, TUNED } from './arms.ts';
import type { Tuning } from './tune.ts';

interface Next {
  readonly known: readonly RankingProfile[];
  /** The share of viewers that it is to be tried on; all when absent. */
  readonly trial?: number;
}

/** The tuned profile as the next version of its key, with a description that says how good it was. */
export function nextProfile(
  { profile, before, measure, arms, tunedOn, heldOut }: Tuning,
  { known, trial }: Next,
): RankingProfile {
  const figure = (of: string) => (arms.find(({ name }) => name === of)?.figure ?? 0).toFixed(3);
  const told = `Tuned on ${tunedOn} judged queries; ${measure} ${figure(TUNED)}, before ${figure(AS_IT_IS)}, on ${heldOut} others.`;
  const description = `${before.description.replace(/\s*Tuned on .*$/, '')} ${told}`.trim();
  const version = 1 + Math.max(...known.map(({ key, version: its }) => (key === before.key ? its : 0)));
  return { ...profile, version, description, ...(trial !== undefined && { trial }) };
}
