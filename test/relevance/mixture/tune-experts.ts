import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { number, table } from '../present.ts';
import type { RowContext } from '../relevance-row.ts';
import { seedsOf } from '../training/seeds.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';
import { colouredShop } from './coloured-shop.ts';
import type { AskedQueries, ColouredShop } from './coloured-shop.ts';
import { judgeExperts, mixtureInput } from './judge-experts.ts';
import { THIRDS, thirdOf } from './thirds.ts';
import { TRIED } from './tried-settings.ts';
import type { Trial } from './tried-settings.ts';

/** nDCG@10 with every setting that was tried, on types that are not reported: each third is ranked by what the others have taught. */
export async function tuneExperts({ encoded, say }: RowContext): Promise<string> {
  const shop = await colouredShop(encoded);
  const asked = [await shop.asked('taught'), await shop.asked('validation')];
  const lines: (readonly string[])[] = [];
  for (const trial of TRIED) {
    const thirds: (readonly number[])[] = [];
    for (const third of THIRDS) thirds.push(await judgeThird(trial, third, { shop, asked, say }));
    const [arm, settings] = [trial.arm ?? 'mixture', JSON.stringify(trial.settings)];
    lines.push([arm, settings, ...[thirds.flat(), ...thirds].map((figures) => number(mean(figures)))]);
    say(`${arm} ${settings}: ${number(mean(thirds.flat()))}`);
  }
  return table([['arm', 'settings', 'nDCG@10', ...THIRDS.map((third) => `third ${third + 1}`)], ...lines], 2);
}

interface Judging {
  readonly shop: ColouredShop;
  /** All queries of types that are not reported. */
  readonly asked: readonly AskedQueries[];
  readonly say: (line: string) => void;
}

async function judgeThird(trial: Trial, third: number, { shop, asked, say }: Judging): Promise<readonly number[]> {
  const { arm = 'mixture', settings } = trial;
  const others = (type: string | undefined) => type !== undefined && ![undefined, third].includes(thirdOf(type));
  const packed = mixtureInput(shop, only(asked, others), others);
  const args = ['--seeds', '1', '--settings', JSON.stringify(settings), '--arms', arm];
  const folder = await trainedRecipe({ recipe: 'mixture.py', packed, args, say });
  const held = only(asked, (type) => thirdOf(type) === third);
  const figures: number[] = [];
  for (const seed of await seedsOf(folder, arm))
    figures.push(...(await judgeExperts(seed, shop, held)).map((each) => each['nDCG@10']));
  return figures;
}

/** The queries of some types, as one. */
function only(asked: readonly AskedQueries[], wanted: (type: string) => boolean): AskedQueries {
  const kept = asked.flatMap(({ queries, texts }) =>
    queries.flatMap((query, i) => {
      const [vector, tokens] = [texts.vectors[i], texts.tokens[i]];
      return wanted(query.type) && vector && tokens ? [{ query, vector, tokens }] : [];
    }),
  );
  return {
    queries: kept.map(({ query }) => query),
    texts: { vectors: kept.map(({ vector }) => vector), tokens: kept.map(({ tokens }) => tokens) },
  };
}
