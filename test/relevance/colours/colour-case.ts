import { judgeArms } from '../shop/judge.ts';
import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { liftOf } from '../report-arms.ts';
import type { Arms } from '../report-arms.ts';
import type { RowContext } from '../relevance-row.ts';
import { blend, CONCATENATED, DEFAULT, withoutSignal } from '../shop/arm.ts';
import type { Arm } from '../shop/arm.ts';
import { openShop } from '../shop/open-shop.ts';
import type { Shop } from '../shop/open-shop.ts';
import { withSwappedPictures } from '../shop/swapped-pictures.ts';
import { bestOf, tuneBlend } from '../shop/tune.ts';
import type { Tuned } from '../shop/tune.ts';
import { sourceOf, variantOf } from '../shop/variant.ts';
import { byChance } from '../shop/yardsticks.ts';
import { colourWords } from './coloured-item.ts';
import type { ColouredItem, ColourSource } from './coloured-item.ts';
import { colourQueries, loggedQueries } from './colour-queries.ts';
import type { ColourQuery } from './colour-queries.ts';

export const TEXT = 'text alone';
export const BOTH = 'text and looks';
export const INSTALLED = 'as installed';
export const BLIND = 'as installed, without looks';

/** Queries for a colour and a type, of types that the bridge was taught no query of. */
export interface ColourCase {
  readonly shop: Shop;
  readonly arms: Arms<Measure>;
  readonly test: readonly ColourQuery[];
  /** How much of the best blend of text and looks is looks, and of all three signals. */
  readonly tuned: { readonly both: Tuned; readonly all: Tuned };
  readonly logged: number;
  /** Text alone, the blend, tuned anew, and search as it is installed, when every item shows the picture of another. */
  control(): Promise<Handed>;
}

export interface Handed {
  readonly arms: Arms<Measure>;
  /** How much of the blend is looks, by the few queries that tune, where looks say nothing. */
  readonly share: number;
}

export interface ColourCaseOptions {
  readonly source: ColourSource;
  /** Whether titles and fields still say colours. */
  readonly withheld: boolean;
}

export async function colourCase(
  { encoded, say }: RowContext,
  { source, withheld }: ColourCaseOptions,
): Promise<ColourCase> {
  const catalogue = await encoded.catalogue(source.catalogue);
  const records = await sourceOf(catalogue);
  const items = records.flatMap((record) => source.read(record) ?? []);
  const isColour = colourWords(items);
  const kept = withheld ? records.map((record) => source.withhold(record, isColour)) : records;
  const variant = await variantOf(catalogue, kept);
  const logged = loggedQueries(items);
  const shop = await openShop(variant.catalogue, { encoded, say, loggedQueries: logged });
  await variant.remove();
  const part = (name: 'validation' | 'test') => colourQueries(items, name, source);
  const [validation, test] = [part('validation'), part('test')];
  const ids = records.map(({ id }) => String(id));
  say(`${source.catalogue}: ${validation.length} queries to tune on, ${test.length} to report`);
  const tuned = {
    both: await tuneLooks(shop, validation),
    all: await tuneBlend({ shop, measure: 'nDCG@10', validation }),
  };
  return {
    shop,
    test,
    tuned,
    logged: logged.length,
    arms: await judgeArms(shop, test, { ...armsOf(tuned), random: byChance(ids) }),
    control: async () => {
      const swapped = await withSwappedPictures(shop, ids, { encoded });
      const { arm, settings } = await tuneLooks(swapped, validation);
      const arms = await judgeArms(swapped, test, {
        [TEXT]: blend({ text: 1 }),
        [BOTH]: arm,
        [INSTALLED]: DEFAULT,
        [BLIND]: withoutSignal(DEFAULT, 'IMAGE'),
      });
      return { arms, share: settings.image };
    },
  };
}

function armsOf({ both, all }: ColourCase['tuned']): Readonly<Record<string, Arm>> {
  return {
    [TEXT]: blend({ text: 1 }),
    [BOTH]: both.arm,
    [INSTALLED]: DEFAULT,
    [BLIND]: withoutSignal(DEFAULT, 'IMAGE'),
    'all signals, tuned': all.arm,
    'BM25 alone': blend({ lexical: 1 }),
    'image alone': blend({ image: 1 }),
    concatenated: CONCATENATED,
    'fixed blend, equal parts': blend({ lexical: 1, text: 1, image: 1 }),
  };
}

const SHARES = Array.from({ length: 10 }, (_, i) => i / 10);

/** As `medley tune` does it: text alone stays as it is unless the best share of looks is better beyond noise. */
async function tuneLooks(shop: Shop, validation: readonly ColourQuery[]): Promise<Tuned> {
  const tuner = { shop, measure: 'nDCG@10', validation } as const;
  const [textAlone, ...blends] = SHARES.map((image) => ({ text: 1 - image, image }));
  const [before, best] = [await bestOf(tuner, textAlone ? [textAlone] : []), await bestOf(tuner, blends)];
  const arms = await judgeArms(shop, validation, { [TEXT]: before.arm, [BOTH]: best.arm });
  return liftOf(arms, BOTH, { measure: tuner.measure, base: TEXT }).low > 0 ? best : before;
}

export function typesOf(items: readonly Pick<ColouredItem, 'type'>[]): readonly string[] {
  return items.map(({ type }) => type);
}
