import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { asked } from '../fitting/calibrate.ts';
import { calibrateRoute } from '../fitting/calibration.ts';
import type { Calibration } from '../fitting/calibration.ts';
import { neighbourCosines, pairedCosines } from '../fitting/cosine-samples.ts';
import { order } from '../fitting/draw-sample.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import { fitInThread } from '../fitting/fit-thread.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { intentsOf, namedItems, withPhotos } from './intents.ts';
import type { Intents } from './intents.ts';
import { judgeItemVector } from './judge-item-vector.ts';
import type { JudgedItemVector, RouteFigures, Strangers } from './judge-item-vector.ts';
import { Towers } from '../fitting/towers.ts';
import type { TrainedItemVector } from './trained-item-vector.ts';

/** Fewer items that the training has not seen say nothing. */
const FEWEST = 30;
const MOST_STRANGERS = 1500;
const MOST_INTENTS = 400;
/** With so many logged queries among the strangers nothing else judges words. */
const ENOUGH_LOGGED = 50;

/**
 * Takes an item vector that was trained beside the build for words, for photos or for both: wherever it finds, among items that it has
 * not seen, at least as much as the better single modality, and more than text finds by words or looks find by photos, chance put aside.
 * One that only repeats what they say takes weight from them and pays nothing back. The outcome says what it found.
 */
export async function adoptItemVector(
  fitting: Fitting,
  trained: TrainedItemVector,
  { drawn, encoder }: { readonly drawn: DrawnSample; readonly encoder: TextEncoder },
): Promise<Fitting> {
  const items = namedItems(drawn).filter(({ own }) => order(own.id) < trained.from);
  const unfit = whyUnfit(trained, fitting, items.length);
  if (unfit !== undefined) return fitting.told(`A trained item vector was left off: ${unfit}`);
  const strangers = await strangersOf(await withPhotos(items.slice(0, MOST_STRANGERS), drawn), encoder);
  const whole = new Towers({ item: { ...trained.tower, dims: 0 } });
  const rival = await rivalOf(fitting, trained, drawn);
  const judged = await judgeItemVector(strangers, { fitting, rival, towers: whole });
  const { words, photos, vectors } = judged;
  const figures = `${describe('words', words)}; ${describe('photos', photos)}; among ${strangers.items.length} items that it has not seen`;
  const taken = { words: isBetter(words), photos: isBetter(photos) };
  if (!taken.words && !taken.photos) return fitting.told(`A trained item vector was left off: ${figures}.`);
  const item = {
    dims: vectors[0]?.length ?? 0,
    item: trained.tower.item,
    ...(taken.words && { words: trained.tower.words }),
    ...(taken.photos && { picture: trained.tower.picture }),
  };
  const routes = {
    ...fitting.calibration.routes,
    ...(await itemRoutes(strangers, judged, { fitting, towers: whole })),
  };
  const alone = taken.words === taken.photos ? '' : `, for ${taken.words ? 'words' : 'photos'} alone`;
  return fitting
    .with({ towers: fitting.towers.with({ item }), calibration: { ...fitting.calibration, routes } })
    .told(`Item vector, trained on ${trained.items} items${alone}: ${figures}.`);
}

/** A bridge in closed form is fitted to the strangers, too, and flattered by what it was fitted to; so it is fitted again without them. */
async function rivalOf(
  fitting: Fitting,
  { from }: TrainedItemVector,
  { sample, items }: DrawnSample,
): Promise<Fitting> {
  if (fitting.outcome.kind !== 'fitted') return fitting;
  const known = sample.items.filter((_, i) => order(items[i]?.item.id ?? '') >= from);
  return fitInThread({ ...sample, items: known });
}

async function strangersOf(items: Strangers['items'], encoder: TextEncoder): Promise<Strangers> {
  const { words, photos } = await intentsOf(items, { encoder, most: MOST_INTENTS });
  const logged = words.filter(({ kind }) => kind === 'logged');
  const intents: Intents = { words: logged.length >= ENOUGH_LOGGED ? logged : words, photos };
  return { items, intents };
}

function whyUnfit({ textSpace, imageSpace }: TrainedItemVector, fitting: Fitting, strangers: number) {
  if (textSpace !== fitting.textSpace || imageSpace !== fitting.imageSpace)
    return 'it was trained on vectors of other models; train it again.';
  if (fitting.dims.looks === 0) return 'no item has a picture.';
  return strangers < FEWEST ? `only ${strangers} items are new to it; train it again.` : undefined;
}

function isBetter({ item, text, picture, gain }: RouteFigures): boolean {
  return item >= Math.max(text, picture) && gain.low > 0;
}

function describe(asked: 'words' | 'photos', { item, text, picture, gain }: RouteFigures): string {
  const more = `${gain.value.toFixed(3)} [${gain.low.toFixed(3)}, ${gain.high.toFixed(3)}] more than ${asked === 'words' ? 'text' : 'looks'}`;
  return `${asked} Recall@10 ${item.toFixed(3)} (text alone ${text.toFixed(3)}, pictures alone ${picture.toFixed(3)}; ${more})`;
}

type ItemRoutes = Pick<Calibration['routes'], 'words->item' | 'picture->item' | 'item->item'>;

async function itemRoutes(
  { items, intents }: Strangers,
  { vectors }: JudgedItemVector,
  { fitting, towers }: { readonly fitting: Fitting; readonly towers: Towers },
): Promise<ItemRoutes> {
  const all = items.map((item, row) => ({ item, row }));
  const typed = all.filter(({ item }) => item.queries.length > 0 || item.short);
  const words = await pairs(typed.length > 0 ? typed : all, ({ item, row }) => [
    towers.words(asked(item).vector),
    vectors[row],
  ]);
  const photos = await pairs(intents.photos, ({ row, answers: [other = row] }) => {
    const features = items[row]?.features ?? new Float32Array();
    const [standardised = features] = fitting.standardised([features]);
    return [towers.picture(standardised), vectors[other]];
  });
  return {
    'words->item': calibrateRoute(pairedCosines(words.queries, words.evidence)),
    'picture->item': calibrateRoute(pairedCosines(photos.queries, photos.evidence)),
    'item->item': calibrateRoute(neighbourCosines(vectors)),
  };
}

interface Pairs {
  readonly queries: readonly Vector[];
  readonly evidence: readonly Vector[];
}

async function pairs<T>(
  all: readonly T[],
  pairOf: (one: T) => readonly [query: Promise<Vector | null>, evidence: Vector | undefined],
): Promise<Pairs> {
  const queries: Vector[] = [];
  const evidence: Vector[] = [];
  for (const one of all) {
    const [asking, its] = pairOf(one);
    const query = await asking;
    if (!query || !its) continue;
    queries.push(query);
    evidence.push(its);
  }
  return { queries, evidence };
}
