import { colourWords, FASHION } from '../colours/coloured-item.ts';
import { loggedQueries } from '../colours/colour-queries.ts';
import { judgeMixed, scoredPhotos } from '../item-signal/mixed-photos.ts';
import { newcomersOf } from '../item-signal/newcomers.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import { number } from '../present.ts';
import { liftsOf, liftOf, reportArms } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { sourceOf, variantOf } from '../shop/variant.ts';
import { liesAbove, showsNoGain, standing } from '../standing.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';

export const row: RelevanceRow = {
  name: 'item-signal',
  claim:
    'A trained item vector, as one more signal of the default profile, makes photos of newcomers find more of what answers the same words.',
  needs: ['fashion'],
  run,
};

const MEASURE = 'nDCG@10';
const PRIORS = [0, 0.05, 0.1, 0.2, 0.3, 0.5] as const;
const WITHOUT = 'without item vector';
const HANDED = 'item vectors handed around';

async function run({ encoded, say }: RowContext): Promise<RowReport> {
  const catalogue = await encoded.catalogue(FASHION.catalogue);
  const records = await sourceOf(catalogue);
  const items = records.flatMap((record) => FASHION.read(record) ?? []);
  const isColour = colourWords(items);
  const variant = await variantOf(
    catalogue,
    records.map((record) => FASHION.withhold(record, isColour)),
  );
  const newcomers = await newcomersOf(variant.catalogue, loggedQueries(items), { encoded, say });
  await variant.remove();
  const photos = await scoredPhotos(newcomers);
  const isTest = ({ id }: { readonly id: string }): boolean => placeOf(`item-signal\0${id}`) >= 0.5;
  const [validation, test] = [photos.filter((photo) => !isTest(photo)), photos.filter(isTest)];
  const installed = readRankingProfiles().select(undefined).signals.ITEM.prior;
  const arms = new Map([
    [WITHOUT, judgeMixed(test, 0)],
    ['as installed', judgeMixed(test, installed)],
    ['item vector alone', judgeMixed(test, ALONE)],
    [HANDED, judgeMixed((await scoredPhotos(newcomers, { handed: 479 })).filter(isTest), installed)],
  ]);
  const compared = { measure: MEASURE, base: WITHOUT } as const;
  const result = liftOf(arms, 'as installed', compared);
  const control = { name: 'item vectors handed around', result: liftOf(arms, HANDED, compared) };
  const tuned = PRIORS.map(
    (prior) => `${prior} ${number(mean(judgeMixed(validation, prior).map((one) => one[MEASURE])))}`,
  );
  return {
    metric: `relative lift of ${MEASURE} over the default profile without item vector`,
    result,
    baselines: liftsOf(arms, compared, ['as installed']),
    control,
    n: test.length,
    goal: 0,
    ...standing([liesAbove(result, 'the lift'), showsNoGain(control)]),
    arms: reportArms(arms, compared),
    notes: [
      `Titles and fields say no colours; a log of queries for 30 % of the items of some types. A photo of each of ${photos.length} newcomers ranks all ${newcomers.items.length}; right is what answers the narrowest wording that the item answers, too.`,
      `${MEASURE} on ${validation.length} other photos by the prior of ITEM: ${tuned.join(', ')}.`,
      ...newcomers.trained.towerOutcomes,
    ],
  };
}

/** So much that nothing else counts. */
const ALONE = 1e6;
