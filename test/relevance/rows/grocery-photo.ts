import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureMiddle } from '../../../src/inference/picture-middle.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { blockOf, nearestOf } from '../grocery/photo-views.ts';
import type { Nearest } from '../grocery/photo-views.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { reciprocalRank, recall } from '../../../subgraphs/retrieval/measures/recall.ts';
import { number } from '../present.ts';
import { baselinesOf, reportArms, valueOf } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { DEFAULT, rankingOf } from '../shop/arm.ts';
import { openShop } from '../shop/open-shop.ts';
import type { Shop } from '../shop/open-shop.ts';
import { withSwappedPictures } from '../shop/swapped-pictures.ts';
import { liesAbove, reaches, showsNothing, standing } from '../standing.ts';

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
const WHOLE = 'the whole photo';

type Figures = Readonly<Record<'top-5' | 'top-1' | 'MRR', number>>;

interface Photo {
  readonly file: string;
  readonly productId: number;
  readonly split: 'val' | 'test';
}

async function run({ folder, encoded, say }: RowContext): Promise<RowReport> {
  const catalogue = await encoded.catalogue('grocery');
  const shop = await openShop(catalogue, { encoded, say });
  const products = await encoded.records(catalogue);
  const ids = products.map(({ item }) => item.id);
  const photos = photosOf(join(folder, 'grocery'));
  const test = photos.filter(({ split }) => split === 'test');
  const validation = photos.filter(({ split }) => split === 'val');
  const [whole, middle] = [await encoded.pictures(test.map(({ file }) => file)), await middles(encoded, test)];
  const looks = await shop.index.vectors(ids);
  const { fitting } = shop.index.serving();
  const near = nearestOf(ids.flatMap((id, i) => (looks[i]?.looks ? [{ id, vector: looks[i].looks }] : [])));
  const byLooks = (features: Vector | null) => near((features && fitting.looksOf(features)) ?? new Float32Array());
  const byBlock = (name: string): Nearest => {
    const read = blockOf(encoded.encoders.picture.blocks, name);
    const known = products.flatMap(({ item, encodings }) =>
      encodings.features ? [{ id: item.id, vector: read(encodings.features) }] : [],
    );
    const nearest = nearestOf(known);
    return (features) => nearest(read(features));
  };
  const [histogram, backbone] = [byBlock('palette'), byBlock('backbone')];
  const figuresBy = (rank: (at: number) => readonly string[]) =>
    test.map(({ productId }, at) => figuresOf(rank(at), productId));
  const arms = new Map<string, readonly Figures[]>([
    [WHOLE, figuresBy((at) => byLooks(whole[at] ?? null))],
    [AS_INSTALLED, await installed(shop, test)],
    ['the middle alone', figuresBy((at) => byLooks(middle[at] ?? null))],
    ['the backbone, not centred', figuresBy((at) => backbone(whole[at] ?? new Float32Array()))],
    ['a colour histogram', figuresBy((at) => histogram(whole[at] ?? new Float32Array()))],
  ]);
  const groups = test.map(({ productId }) => String(productId));
  const compared = { measure: 'top-5', base: WHOLE, groups } as const;
  const swapped = await withSwappedPictures(shop, ids, { encoded });
  const handedAround = new Map([['swapped', await installed(swapped, test)]]);
  const result = valueOf(arms, AS_INSTALLED, compared);
  const control = valueOf(handedAround, 'swapped', compared);
  const tuned = await installed(shop, validation);
  return {
    metric: 'share of photos whose product is among the first five of 81',
    result,
    baselines: { random: CHANCE, ...baselinesOf(arms, 'top-5', [AS_INSTALLED]) },
    control: { name: `studio pictures handed around (chance ${number(CHANCE)})`, result: control },
    n: test.length,
    goal: GOAL,
    ...standing([reaches(result, GOAL), liesAbove(result, 'the share', CHANCE), showsNothing(control, CHANCE)]),
    arms: reportArms(arms, compared),
    notes: [
      `On the ${validation.length} photos that views, weights and centring were chosen on: top-5 ${number(mean(tuned.map((each) => each['top-5'])))}, ` +
        `top-1 ${number(mean(tuned.map((each) => each['top-1'])))}. Photos of one product are drawn together for the intervals.`,
    ],
  };
}

/** As the product answers an uploaded photo. */
async function installed(shop: Shop, photos: readonly Photo[]): Promise<readonly Figures[]> {
  const figures: Figures[] = [];
  for (const { file, productId } of photos) {
    const asked = await shop.ask({ picture: await readFile(file) });
    figures.push(figuresOf(await rankingOf(shop, asked, DEFAULT), productId));
  }
  return figures;
}

async function middles(encoded: RowContext['encoded'], photos: readonly Photo[]): Promise<readonly (Vector | null)[]> {
  const bytes = await Promise.all(photos.map(async ({ file }) => pictureMiddle(await readFile(file))));
  const outcomes = await encoded.encoders.picture.encode(bytes.map((each) => each ?? new Uint8Array()));
  return outcomes.map((outcome) => (outcome instanceof Float32Array ? outcome : null));
}

function figuresOf(ranking: readonly string[], productId: number): Figures {
  const wanted = new Set([String(productId)]);
  return {
    'top-5': recall(ranking, wanted, 5),
    'top-1': recall(ranking, wanted, 1),
    MRR: reciprocalRank(ranking, wanted),
  };
}

function photosOf(folder: string): readonly Photo[] {
  const lines = readFileSync(join(folder, 'photos.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { image, ...rest } = JSON.parse(line) as Omit<Photo, 'file'> & { readonly image: string };
    return { ...rest, file: join(folder, image) };
  });
}
