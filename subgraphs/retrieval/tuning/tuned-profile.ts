import { SIGNALS } from '../../../src/vocabulary/signal.ts';
import type { BySignal, Signal } from '../../../src/vocabulary/signal.ts';
import { rankingProfilesSchema } from '../ranking/ranking-profile.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';

/** The least prior of a signal that counted before: pictures and similar items are ranked by the profile, too, and nobody judged those. */
const LEAST = 0.01;

/**
 * The profile with other priors for the signals named. They sum to what they summed to, so that a signal which is not there today
 * counts as much beside them as it did. Undefined where no such profile is allowed, for its bounds could not be met.
 */
export function withPriors(profile: RankingProfile, priors: BySignal<number>): RankingProfile | undefined {
  const tuned = SIGNALS.filter((signal) => priors[signal] !== undefined);
  const before = (signal: Signal) => profile.signals[signal].prior;
  const wanted = (signal: Signal) => Math.max(before(signal) > 0 ? LEAST : 0, priors[signal] ?? 0);
  const scale = (sumOver(tuned, before) || 1) / sumOver(tuned, wanted);
  const unscaled = (signal: Signal) => (tuned.includes(signal) ? scale * wanted(signal) : before(signal));
  const most = Math.max(1, ...SIGNALS.map(unscaled));
  const settings = (signal: Signal) => ({ ...profile.signals[signal], prior: short(unscaled(signal) / most) });
  const [LEXICAL, TEXT, IMAGE, ITEM] = [settings('LEXICAL'), settings('TEXT'), settings('IMAGE'), settings('ITEM')];
  const made = { ...profile, signals: { LEXICAL, TEXT, IMAGE, ITEM } };
  return rankingProfilesSchema.safeParse([made]).success ? made : undefined;
}

/** The priors of some signals, as the front door takes them for one search. */
export function priorsOf({ signals }: RankingProfile, of: Iterable<Signal>): BySignal<number> {
  return Object.fromEntries([...of].map((signal) => [signal, signals[signal].prior]));
}

/** With three decimals, so that a person can read it. */
function short(prior: number): number {
  return Math.round(prior * 1000) / 1000;
}

function sumOver(signals: readonly Signal[], valueOf: (signal: Signal) => number): number {
  return signals.reduce((sum, signal) => sum + valueOf(signal), 0);
}
