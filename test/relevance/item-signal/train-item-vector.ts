import { encodeCatalogue } from '../../../subgraphs/retrieval/catalogue/encoding/encode-catalogue.ts';
import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { ITEM_VECTOR_TRAINING } from '../../../subgraphs/retrieval/catalogue/training/train-item-vector.ts';
import type { TrainedItemVector } from '../../../subgraphs/retrieval/catalogue/training/trained-item-vector.ts';
import { fittedCatalogue } from '../../../subgraphs/retrieval/catalogue/training/training.ts';
import type { FittedCatalogue } from '../../../subgraphs/retrieval/catalogue/training/training.ts';
import type { RowContext } from '../relevance-row.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';

/** Trains as `medley train-item-vector` does. */
export async function trainItemVector(
  catalogue: Catalogue,
  loggedQueries: readonly LoggedQuery[],
  { encoded: { encoders, encodings }, say }: Pick<RowContext, 'encoded' | 'say'>,
): Promise<{ readonly fitted: FittedCatalogue; readonly itemVector: TrainedItemVector }> {
  const ports = { encoders, encodings, loggedQueries };
  const fitted = await fittedCatalogue(await encodeCatalogue(catalogue, ports), ports);
  const { bytes, facts } = await ITEM_VECTOR_TRAINING.input(fitted);
  const folder = await trainedRecipe({ recipe: 'item_tower.py', packed: bytes, say });
  return { fitted, itemVector: await ITEM_VECTOR_TRAINING.open(folder, facts) };
}
