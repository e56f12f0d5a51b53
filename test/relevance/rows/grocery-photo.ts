import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { differenceEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { openStudio, VIEWS } from '../grocery/photo-views.ts';
import { figuresOf, readShopPhotos } from '../grocery/shop-photo.ts';
import type { Figures, ShopPhoto } from '../grocery/shop-photo.ts';
import { chosenWeight, judgeViews, viewArms, withHistogram } from '../grocery/view-arms.ts';
import type { SeenPhoto } from '../grocery/view-arms.ts';
import { interval, number } from '../present.ts';
import { baselinesOf, figuresOf as measured, reportArms, valueOf } from '../report-arms.ts';
import type { Arms } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { DEFAULT, rankingOf } from '../shop/arm.ts';
import { openShop } from '../shop/open-shop.ts';
import type { Shop } from '../shop/open-shop.ts';
import { withSwappedPictures } from '../shop/swapped-pictures.ts';
import { liesAbove, reaches, showsNoGain, standing } from '../standing.ts';
import { seenPhotos } from '../views/seen-photos.ts';

export const row: RelevanceRow = {
  name: 'grocery-photo',
  claim:
    "A phone's photo from a shop finds the product that it shows among 81, of each of which the index knows one studio picture.",
  needs: ['grocery'],
  run,
};

const GOAL = 0.65;
const CHANCE = 5 / 81;
const AS_INSTALLED = 'as installed: whole and middle';

type Measure = keyof Figures;
type Parts = Readonly<Record<'validation' | 'test', Arms<Measure>>>;

async function run({ folder, encoded, say }: RowContext): Promise<RowReport> {
  const catalogue = await encoded.catalogue('grocery');
  const shop = await openShop(catalogue, { encoded, say });
  const products = await encoded.records(catalogue);
  const studio = await openStudio(shop, products, encoded.encoders);
  const photos = await seen(readShopPhotos(join(folder, 'grocery')), encoded);
  const validation = photos.filter(({ split }) => split === 'val');
  const test = photos.filter(({ split }) => split === 'test');
  const weight = chosenWeight(studio, validation);
  const ways = { ...viewArms(studio), [`as installed and ${weight} of a histogram`]: withHistogram(studio, weight) };
  const judge = async (part: readonly SeenPhoto[]): Promise<Arms<Measure>> =>
    new Map([
      [AS_INSTALLED, await installed(shop, part)],
      ...Object.entries(ways).map(([name, arm]) => [name, judgeViews(studio, part, arm)] as const),
    ]);
  const parts = { validation: await judge(validation), test: await judge(test) };
  const groups = test.map(({ productId }) => String(productId));
  const compared = { measure: 'top-5', base: AS_INSTALLED, groups } as const;
  const swapped = await withSwappedPictures(shop, studio.ids, { encoded });
  const handedAround = new Map([['swapped', await installed(swapped, test)]]);
  const result = valueOf(parts.test, AS_INSTALLED, compared);
  const control = {
    name: `studio pictures handed around (chance ${number(CHANCE)})`,
    result: valueOf(handedAround, 'swapped', compared),
    chance: CHANCE,
  };
  return {
    metric: 'share of photos whose product is among the first five of 81',
    result,
    baselines: { random: CHANCE, ...baselinesOf(parts.test, 'top-5', [AS_INSTALLED]) },
    control,
    n: test.length,
    goal: GOAL,
    ...standing([reaches(result, GOAL), liesAbove(result, 'the share', CHANCE), showsNoGain(control)]),
    arms: reportArms(parts.test, compared),
    notes: [
      `Views, weights and centring were chosen on ${validation.length} other photos. Photos of one product are drawn together for the intervals.`,
      ...differences(parts, groups),
    ],
  };
}

/** What each other way of looking adds to what is installed. */
function differences({ validation, test }: Parts, groups: readonly string[]): readonly string[] {
  const told = (arm: string, measure: Measure): string => {
    const gain = differenceEstimate(measured(test, arm, measure), measured(test, AS_INSTALLED, measure), { groups });
    return `${measure} ${interval(gain)} (${number(mean(measured(validation, arm, measure)))})`;
  };
  const base = (['top-5', 'top-1'] as const).map(
    (measure) => `${measure} ${number(mean(measured(validation, AS_INSTALLED, measure)))}`,
  );
  return [
    `Less as installed, with what it is on the photos that settings were chosen on in brackets (as installed ${base.join(', ')}):`,
    [...test.keys()]
      .filter((arm) => arm !== AS_INSTALLED)
      .map((arm) => `- ${arm}: ${told(arm, 'top-5')}, ${told(arm, 'top-1')}`)
      .join('\n'),
  ];
}

async function seen(photos: readonly ShopPhoto[], encoded: RowContext['encoded']): Promise<readonly SeenPhoto[]> {
  const files = photos.map(({ file }) => file);
  const views = await seenPhotos(encoded, files, VIEWS);
  return photos.map((photo, i) => ({ ...photo, views: views[i] ?? [] }));
}

/** As the product answers an uploaded photo. */
async function installed(shop: Shop, photos: readonly ShopPhoto[]): Promise<readonly Figures[]> {
  const figures: Figures[] = [];
  for (const photo of photos) {
    const asked = await shop.ask({ picture: await readFile(photo.file) });
    figures.push(figuresOf(await rankingOf(shop, asked, DEFAULT), photo));
  }
  return figures;
}
