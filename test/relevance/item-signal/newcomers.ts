import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { adoptItemVector } from '../../../subgraphs/retrieval/catalogue/training/adopt-item-vector.ts';
import { order } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { fitInThread } from '../../../subgraphs/retrieval/catalogue/fitting/fit-thread.ts';
import type { Fitting } from '../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import { intentsOf, namedItems } from '../../../subgraphs/retrieval/catalogue/training/intents.ts';
import type { NamedItem, Photo } from '../../../subgraphs/retrieval/catalogue/training/intents.ts';
import type { RowContext } from '../relevance-row.ts';
import { trainItemVector } from './train-item-vector.ts';

/** Items of a catalogue that neither its bridge nor its item vector has seen, and photos of them for which others are looked for. */
export interface Newcomers {
  readonly items: readonly NamedItem[];
  readonly photos: readonly Photo[];
  /** Fitted without them, in closed form: meaning and looks. */
  readonly plain: Fitting;
  /** With the item vector that was trained without them. */
  readonly trained: Fitting;
}

const MOST_PHOTOS = 1000;

/** Judged as `medley index` adopts an item vector. */
export async function newcomersOf(
  catalogue: Catalogue,
  loggedQueries: readonly LoggedQuery[],
  context: Pick<RowContext, 'encoded' | 'say'>,
): Promise<Newcomers> {
  const { fitted, itemVector } = await trainItemVector(catalogue, loggedQueries, context);
  const { drawn, encoder } = fitted;
  const isNew = (id = ''): boolean => order(id) < itemVector.from;
  const known = drawn.sample.items.filter((_, i) => !isNew(drawn.items[i]?.item.id));
  const items = namedItems(drawn).filter(({ own }) => isNew(own.id));
  return {
    items,
    photos: (await intentsOf(items, { encoder, most: MOST_PHOTOS })).photos,
    plain: await fitInThread({ ...drawn.sample, items: known }),
    trained: await adoptItemVector(fitted.fitting, itemVector, { drawn, encoder }),
  };
}
