import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { order } from '../fitting/draw-sample.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { intentsOf, namedItems, withPhotos } from './intents.ts';
import type { Intents, NamedItem, Wording } from './intents.ts';
import { matrix, pack } from '../fitting/packed.ts';
import type { ItemVectorFacts } from './trained-item-vector.ts';

/** More teach little, and who fits what is kept whole in memory. */
const MOST_INTENTS = 6000;
const HELD_OUT = 0.1;
const MOST_HELD_OUT = 1500;
const FEWEST = 300;

export interface ItemVectorInput {
  /**
   * Packed, as training/item_tower.py reads it. Arrays: `title`, `more`, `features` (items x dims; zeros where an item lacks it), `text`
   * and `picture` (queries x dims), `photos` (items with several x MOST_PHOTOS dims). Facts: `items`, `answers` by task and query as rows
   * of items, `blocks` of the features, `several` as rows of the items with several pictures.
   */
  readonly bytes: Uint8Array;
  readonly facts: ItemVectorFacts;
}

/**
 * The first tenth of the items, in an order that no catalogue can choose, is kept back to judge what comes of the training.
 *
 * @throws MedleyError INVALID_CATALOGUE where there is nothing to train
 */
export async function itemVectorInput(
  drawn: DrawnSample,
  { fitting, encoder }: { readonly fitting: Fitting; readonly encoder: TextEncoder },
): Promise<ItemVectorInput> {
  const { from, items } = trainedPart(namedItems(drawn));
  const pictured = items.filter(({ features }) => features).length;
  if (pictured < FEWEST)
    throw new MedleyError(
      'INVALID_CATALOGUE',
      `${pictured} items have both text and a picture; at least ${FEWEST} are needed to train an item vector.`,
    );
  const intents = await intentsOf(items, { encoder, most: MOST_INTENTS });
  const pictures = await withPhotos(items, drawn);
  return {
    bytes: packed(pictures, intents, { fitting, blocks: drawn.sample.blocks }),
    facts: { textSpace: fitting.textSpace, imageSpace: fitting.imageSpace, from, items: items.length },
  };
}

/** What is trained on, and the place in the order that it begins at. */
export function trainedPart(items: readonly NamedItem[]): {
  readonly from: string;
  readonly items: readonly NamedItem[];
} {
  const places = items.map(({ own }) => order(own.id)).sort();
  const from = places[Math.min(MOST_HELD_OUT, Math.ceil(HELD_OUT * items.length))] ?? '';
  return { from, items: items.filter(({ own }) => order(own.id) >= from) };
}

/** What viewers typed is heard as often as all that is made up: a log is short, and tells what records do not. */
function evenly(words: readonly Wording[]): readonly Wording[] {
  const logged = words.filter(({ kind }) => kind === 'logged');
  const missing = logged.length === 0 ? 0 : Math.max(0, words.length - 2 * logged.length);
  return [...words, ...Array.from({ length: missing }, (_, i) => logged[i % logged.length])].flatMap(
    (one) => one ?? [],
  );
}

function packed(
  items: readonly NamedItem[],
  { words, photos }: Intents,
  { fitting, blocks }: { readonly fitting: Fitting; readonly blocks: DrawnSample['sample']['blocks'] },
): Uint8Array {
  const seen = items.map((item) => fitting.seen(item));
  const several = seen.flatMap(({ photos }, row) => (photos ? [{ row, photos }] : []));
  // Where no two items fit the same words, every photo finds its own.
  const own = items.flatMap(({ features }, row) => (features ? [{ row, answers: [] }] : []));
  const taken = photos.length > 0 ? photos : own.slice(0, MOST_INTENTS);
  const taught = evenly(words);
  const answers = {
    text: taught.map((wording) => wording.answers),
    picture: taken.map(({ row, answers: others }) => [row, ...others]),
  };
  return pack(
    { items: items.length, answers, blocks, several: several.map(({ row }) => row) },
    {
      title: matrix(seen.map(({ title }) => title)),
      more: matrix(seen.map(({ more }) => more)),
      features: matrix(seen.map(({ picture }) => picture)),
      photos: matrix(several.map(({ photos }) => photos)),
      text: matrix(taught.map(({ vector }) => vector)),
      picture: matrix(taken.flatMap(({ row }) => seen[row]?.picture ?? [])),
    },
  );
}
