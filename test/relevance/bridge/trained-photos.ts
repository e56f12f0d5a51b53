import { bridgePairs } from '../../../subgraphs/retrieval/catalogue/training/bridge-pairs.ts';
import { bridgeBy, openBridge } from '../../../subgraphs/retrieval/catalogue/training/trained-bridge.ts';
import type { RowContext } from '../relevance-row.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';
import { rankedBy } from './held-out-photos.ts';
import type { HeldOutPhotos, RankedPhotos } from './held-out-photos.ts';

const SEEDS = ['0', '1', '2'] as const;

/**
 * The same photos by bridges that training/bridge.py has trained on the rest of the catalogue, one for each seed.
 *
 * @throws MedleyError INVALID_SETTING without a Python that can train
 */
export async function trainedPhotos(
  { fitting, rest, records }: HeldOutPhotos,
  { encoded, say }: RowContext,
): Promise<readonly RankedPhotos[]> {
  const { textCentre, textSpace, imageSpace } = fitting;
  if (!textCentre) return [];
  const { bytes, from, pairs } = await bridgePairs(rest, { fitting, encoder: encoded.encoders.text, heldOut: 0 });
  const photos: RankedPhotos[] = [];
  for (const seed of SEEDS) {
    const folder = await trainedRecipe({ recipe: 'bridge.py', packed: bytes, args: ['--seed', seed], say });
    const trained = await openBridge(folder, { from, pairs, textSpace, imageSpace });
    photos.push(await rankedBy(fitting.with({ bridge: bridgeBy(trained, textCentre) }), records));
  }
  return photos;
}
