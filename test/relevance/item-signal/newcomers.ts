import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { adoptItemVector } from '../../../subgraphs/retrieval/catalogue/training/adopt-item-vector.ts';
import { order } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { encodeCatalogue } from '../../../subgraphs/retrieval/catalogue/encoding/encode-catalogue.ts';
import { fitInThread } from '../../../subgraphs/retrieval/catalogue/fitting/fit-thread.ts';
import type { Fitting } from '../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import { intentsOf, namedItems } from '../../../subgraphs/retrieval/catalogue/training/intents.ts';
import type { NamedItem, Photo } from '../../../subgraphs/retrieval/catalogue/training/intents.ts';
import { ITEM_VECTOR_TRAINING } from '../../../subgraphs/retrieval/catalogue/training/train-item-vector.ts';
import { fittedCatalogue } from '../../../subgraphs/retrieval/catalogue/training/training.ts';
import type { RowContext } from '../relevance-row.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';

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

/** Trains as `medley train-item-vector` does and adopts as `medley index` does. */
export async function newcomersOf(
  catalogue: Catalogue,
  loggedQueries: readonly LoggedQuery[],
  { encoded, say }: Pick<RowContext, 'encoded' | 'say'>,
): Promise<Newcomers> {
  const ports = { encoders: encoded.encoders, encodings: encoded.encodings, loggedQueries };
  const fitted = await fittedCatalogue(await encodeCatalogue(catalogue, ports), ports);
  const { drawn, encoder } = fitted;
  const { bytes, facts } = await ITEM_VECTOR_TRAINING.input(fitted);
  const folder = await trainedRecipe({ recipe: 'item_tower.py', packed: bytes, say });
  const itemVector = await ITEM_VECTOR_TRAINING.open(folder, facts);
  const isNew = (id = ''): boolean => order(id) < facts.from;
  const known = drawn.sample.items.filter((_, i) => !isNew(drawn.items[i]?.item.id));
  const items = namedItems(drawn).filter(({ own }) => isNew(own.id));
  return {
    items,
    photos: (await intentsOf(items, { encoder, most: MOST_PHOTOS })).photos,
    plain: await fitInThread({ ...drawn.sample, items: known }),
    trained: await adoptItemVector(fitted.fitting, itemVector, { drawn, encoder }),
  };
}
