import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../measures/query-figures.ts';
import { number } from '../present.ts';
import { figuresOf, liftOf } from '../report-arms.ts';
import type { Arms } from '../report-arms.ts';
import type { RowContext } from '../relevance-row.ts';
import type { Measure } from '../measures/query-figures.ts';
import { DEFAULT } from '../shop/arm.ts';
import type { ProfileArm } from '../shop/arm.ts';
import { judgeArms } from '../shop/judge.ts';
import { openShop } from '../shop/open-shop.ts';
import { tellLift } from '../training/tell-lift.ts';
import type { AskedShop } from './asked-shops.ts';
import { trainItemVector } from './train-item-vector.ts';

/** What the item vector as a signal does to queries in words. */
export interface MixedWords {
  readonly name: string;
  /** As installed, over the same without the signal, on the test part. */
  readonly lift: Estimate;
  /** On the validation part, by prior. */
  readonly tuned: ReadonlyMap<number, number>;
  readonly note: string;
}

const MEASURE = 'nDCG@10';
const PRIORS = [0, 0.05, 0.1, 0.2, 0.3, 0.5] as const;
const INSTALLED = readRankingProfiles().select(undefined).signals.ITEM.prior;

/** Builds with an item vector as a build does that finds one trained, and ranks by the default profile with other priors of it. */
export async function mixedWords(shop: AskedShop, context: Pick<RowContext, 'encoded' | 'say'>): Promise<MixedWords> {
  const { name, catalogue, logged: loggedQueries, validation, test, groups } = shop;
  context.say(
    `${name}: ${loggedQueries.length} logged queries, ${validation.length} to tune on, ${test.length} to report`,
  );
  const { itemVector } = await trainItemVector(catalogue, loggedQueries, context);
  const built = await openShop(catalogue, { ...context, loggedQueries, trained: { itemVector } });
  const means = meansOf(await judgeArms(built, validation, armsOf(PRIORS)));
  const best = PRIORS.reduce((a, b) => ((means.get(b) ?? 0) > (means.get(a) ?? 0) ? b : a));
  const arms = await judgeArms(built, test, armsOf([0, INSTALLED, best]));
  const over = (arm: number, base: number): Estimate =>
    liftOf(arms, String(arm), { measure: MEASURE, base: String(base), groups });
  const lift = over(INSTALLED, 0);
  const told = meansOf(arms);
  return {
    name,
    lift,
    tuned: means,
    note:
      `${name}, ${test.length} queries in words: ${MEASURE} ${number(told.get(0) ?? 0)} without, ${number(told.get(INSTALLED) ?? 0)} as installed: ` +
      `${tellLift(lift)}; with ${best}, the best of ${validation.length} others, ${number(told.get(best) ?? 0)}: ${tellLift(over(best, INSTALLED))} over as installed. ` +
      `Those others by prior: ${[...means].map(([prior, value]) => `${prior} ${number(value)}`).join(', ')}. ${built.built.towers.join(' ')}`,
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
