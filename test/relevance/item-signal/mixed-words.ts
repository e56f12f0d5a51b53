import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { figuresOf, liftOf } from '../report-arms.ts';
import type { Arms } from '../report-arms.ts';
import type { RowContext } from '../relevance-row.ts';
import { DEFAULT } from '../shop/arm.ts';
import type { ProfileArm } from '../shop/arm.ts';
import { judgeArms } from '../shop/judge.ts';
import { openShop } from '../shop/open-shop.ts';
import type { AskedShop } from './asked-shops.ts';
import { trainItemVector } from './train-item-vector.ts';

/** What the item vector as a signal does to queries in words. */
export interface MixedWords {
  readonly name: string;
  /** Queries reported. */
  readonly n: number;
  /** nDCG@10 without the signal, and its relative lift as installed. */
  readonly without: number;
  readonly installed: Estimate;
  /** The prior that is best on the validation part, with its lift over as installed on the test part. */
  readonly best: { readonly prior: number; readonly lift: Estimate };
  /** On the test part: without, as installed, with the best prior; lifts over without. */
  readonly arms: readonly { readonly value: number; readonly lift?: Estimate }[];
  /** On the validation part, by prior. */
  readonly tuned: ReadonlyMap<number, number>;
  readonly validated: number;
  /** What the build says of the item vector. */
  readonly towers: string;
}

export const MEASURE = 'nDCG@10';
const PRIORS = [0, 0.05, 0.1, 0.2, 0.3, 0.5] as const;
const INSTALLED = readRankingProfiles().select(undefined).signals.ITEM.prior;

/** Builds with an item vector as a build does that finds one trained, and ranks by the default profile with other priors of it. */
export async function mixedWords(shop: AskedShop, context: Pick<RowContext, 'encoded' | 'say'>): Promise<MixedWords> {
  const { name, catalogue, logged: loggedQueries, validation, test, groups } = shop;
  context.say(
    `${name}: ${loggedQueries.length} logged queries, ${validation.length} to tune on, ${test.length} to report`,
  );
  const { itemVector } = await trainItemVector(catalogue, loggedQueries, context);
  const served = await openShop(catalogue, { ...context, loggedQueries, trained: { itemVector } });
  const tuned = meansOf(await judgeArms(served, validation, armsOf(PRIORS)));
  const prior = PRIORS.reduce((a, b) => ((tuned.get(b) ?? 0) > (tuned.get(a) ?? 0) ? b : a));
  const arms = await judgeArms(served, test, armsOf([0, INSTALLED, prior]));
  const over = (arm: number, base: number): Estimate =>
    liftOf(arms, String(arm), { measure: MEASURE, base: String(base), groups });
  const means = meansOf(arms);
  const valueOf = (arm: number): number => means.get(arm) ?? 0;
  return {
    name,
    n: test.length,
    without: valueOf(0),
    installed: over(INSTALLED, 0),
    best: { prior, lift: over(prior, INSTALLED) },
    arms: [{ value: valueOf(0) }, ...[INSTALLED, prior].map((each) => ({ value: valueOf(each), lift: over(each, 0) }))],
    tuned,
    validated: validation.length,
    towers: served.built.towers.join(' '),
  };
}

function meansOf(arms: Arms<Measure>): ReadonlyMap<number, number> {
  return new Map([...arms.keys()].map((arm) => [Number(arm), mean(figuresOf(arms, arm, MEASURE))]));
}

function armsOf(priors: readonly number[]): Readonly<Record<string, ProfileArm>> {
  return Object.fromEntries(priors.map((prior) => [String(prior), withItem(prior)]));
}

function withItem(prior: number): ProfileArm {
  const { profile } = DEFAULT;
  const ITEM = { ...profile.signals.ITEM, prior };
  return { ...DEFAULT, profile: { ...profile, signals: { ...profile.signals, ITEM } } };
}
