import { differenceEstimate, liftEstimate, meanEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import { number } from '../present.ts';
import type { ArmReport, RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { handAround, readListings, siameseInput } from '../siamese/listings.ts';
import { SWAPPED } from '../siamese/swapped-listings.ts';
import {
  bridgeOf,
  byBridge,
  byChance,
  doubtful,
  judgeSuspicion,
  SWAPS,
  trainedWays,
} from '../siamese/suspicion-arms.ts';
import type { Caught } from '../siamese/suspicion-arms.ts';
import { liesAbove, reaches, showsNoGain, standing } from '../standing.ts';
import { SEEDS } from '../training/seeds.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';

/** Listings that show another's picture, after the mismatch module of eBay's "Beyond Words". */
export const row: RelevanceRow = {
  name: 'mismatch',
  claim:
    'A trained module tells listings whose picture is not theirs from honest ones, better than how far text and picture lie apart over the bridge.',
  needs: ['fashion'],
  run,
};

const GOAL = 0.9;
const OURS = 'TransH with mismatch';
const BRIDGE = 'the bridge in closed form';
const TRAINED = ['none with mismatch', OURS] as const;

async function run({ encoded, say }: RowContext): Promise<RowReport> {
  const records = await encoded.records(await encoded.catalogue('fashion'));
  const trained = records.filter(({ item }) => isTrained(item.id));
  const shared = { encoders: encoded.encoders, trained };
  const kindOf = ({ articleType }: Readonly<Record<string, unknown>>) => articleType;
  const taught = readListings(trained, kindOf, shared);
  const test = readListings(
    records.filter(({ item }) => !isTrained(item.id)),
    kindOf,
    shared,
  );
  const folder = await trainedRecipe({
    recipe: 'siamese.py',
    packed: siameseInput(taught, []),
    args: ['--seeds', String(SEEDS), '--projections', 'none', 'TransH'],
    say,
  });
  const listings = doubtful(test);
  const arms = new Map<string, Caught>([
    ['random', await judgeSuspicion(listings, [byChance])],
    [BRIDGE, await judgeSuspicion(listings, [byBridge(await bridgeOf(trained, encoded))])],
  ]);
  for (const arm of TRAINED) arms.set(arm, await judgeSuspicion(listings, await trainedWays(folder, arm)));
  const handed = siameseInput(handAround(taught), []);
  const nothing = await trainedRecipe({
    recipe: 'siamese.py',
    packed: handed,
    args: ['--seeds', String(SEEDS), '--projections', 'TransH'],
    say,
  });
  const control = await judgeSuspicion(listings, await trainedWays(nothing, OURS));
  return reportOf(arms, control, test.length);
}

function reportOf(arms: ReadonlyMap<string, Caught>, shuffled: Caught, listings: number): RowReport {
  const [ours, bridge] = [arms.get(OURS), arms.get(BRIDGE)].map((arm) => arm?.any.placements ?? []);
  const result = meanEstimate(ours ?? []);
  const control = {
    name: 'trained with all pictures handed around (AUC, chance .5)',
    result: meanEstimate(shuffled.any.placements),
    chance: 0.5,
  };
  const gain = differenceEstimate(ours ?? [], bridge ?? []);
  return {
    metric: "AUC of telling swapped pictures (any other listing's)",
    result,
    baselines: Object.fromEntries(
      [...arms].filter(([name]) => name !== OURS).map(([name, { any }]) => [name, mean(any.placements)]),
    ),
    control,
    n: ours?.length ?? 0,
    goal: GOAL,
    ...standing([reaches(result, GOAL), liesAbove(gain, 'the gain over the bridge'), showsNoGain(control)]),
    arms: [...arms].map(([name, caught]) => armOf(name, caught, arms.get(BRIDGE))),
    notes: [
      `${listings} listings of the test part, ${SWAPPED * 100} % of them with the picture of another one, of whatever kind or of the same. Precision is that among as many as were swapped. A swap stands for "not clicked", which is not public. Seeds of training: ${SEEDS}.`,
      `Over the bridge in closed form, AUC: ${number(gain.value)} [${number(gain.low)}, ${number(gain.high)}].`,
    ],
  };
}

function armOf(name: string, caught: Caught, base: Caught | undefined): ArmReport {
  const figures = SWAPS.flatMap((swap) => [
    [`AUC, ${swap}`, mean(caught[swap].placements)] as const,
    [`precision, ${swap}`, mean(caught[swap].caught)] as const,
  ]);
  const lift = base && name !== BRIDGE ? { lift: liftEstimate(caught.any.placements, base.any.placements) } : {};
  return { name, figures: Object.fromEntries(figures), ...lift };
}

function isTrained(id: string): boolean {
  return placeOf(`mismatch\0${id}`) < 0.6;
}
