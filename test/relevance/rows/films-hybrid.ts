import { judgedFilms } from '../films/judged-films.ts';
import { differenceEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { number } from '../present.ts';
import { baselinesOf, figuresOf, liftOf, reportArms, valueOf } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { blend, CONCATENATED, DEFAULT, withoutSignal } from '../shop/arm.ts';
import { judgeArms } from '../shop/judge.ts';
import { openShop } from '../shop/open-shop.ts';
import { withSwappedPictures } from '../shop/swapped-pictures.ts';
import { tuneBlend } from '../shop/tune.ts';
import { byChance, byPopularity } from '../shop/yardsticks.ts';
import { liesAbove, reaches, showsNoGain, standing } from '../standing.ts';

export const row: RelevanceRow = {
  name: 'films-hybrid',
  claim:
    'Search as it is installed ranks judged film queries better than BM25 alone, and about as well as the best tuned blend.',
  needs: ['films'],
  run,
};

const GOAL = 0.875;
const AS_INSTALLED = 'as installed';
const BM25 = 'BM25 alone';

async function run({ folder, encoded, say }: RowContext): Promise<RowReport> {
  const catalogue = await encoded.catalogue('films');
  const shop = await openShop(catalogue, { encoded, say });
  const records = await encoded.records(catalogue);
  const items = records.map(({ item }) => item);
  const ids = items.map(({ id }) => id);
  const { validation, test } = judgedFilms(folder);
  say(`tuning on ${validation.length} queries`);
  const tuner = { shop, measure: 'nDCG@10', validation } as const;
  const tuned = await tuneBlend(tuner);
  const popular = await tuneBlend(tuner, { popular: true });
  say(`judging ${test.length} queries`);
  const arms = await judgeArms(shop, test, {
    [BM25]: blend({ lexical: 1 }),
    [AS_INSTALLED]: DEFAULT,
    tuned: tuned.arm,
    'tuned, with popularity': popular.arm,
    'text alone': blend({ text: 1 }),
    'image alone': blend({ image: 1 }),
    concatenated: CONCATENATED,
    'fixed blend, equal parts': blend({ lexical: 1, text: 1, image: 1 }),
    'popularity alone': byPopularity(items),
    random: byChance(ids),
  });
  const compared = { measure: 'nDCG@10', base: BM25 } as const;
  const result = valueOf(arms, AS_INSTALLED, compared);
  const lift = liftOf(arms, AS_INSTALLED, compared);
  const swapped = await withSwappedPictures(shop, ids, { encoded });
  const pictures = await judgeArms(swapped, test, { with: DEFAULT, without: withoutSignal(DEFAULT, 'IMAGE') });
  const control = {
    name: 'what pictures bring to nDCG@10 when they are handed around',
    result: differenceEstimate(figuresOf(pictures, 'with', 'nDCG@10'), figuresOf(pictures, 'without', 'nDCG@10')),
  };
  return {
    metric: 'nDCG@10 as installed',
    result,
    baselines: baselinesOf(arms, 'nDCG@10', [AS_INSTALLED]),
    control,
    n: test.length,
    goal: GOAL,
    ...standing([reaches(result, GOAL), liesAbove(lift, 'the lift over BM25'), showsNoGain(control)]),
    arms: reportArms(arms, compared),
    notes: [
      `Tuned on ${validation.length} other queries: BM25 ${number(popular.settings.lexical)}, text ${number(popular.settings.text)}, ` +
        `image ${number(popular.settings.image)}, popularity ${number(popular.settings.popularity)}. ${shop.built.bridge.reason}`,
    ],
  };
}
