import type { FeatureBlock } from '../../../src/inference/encoder.ts';
import { pack } from '../../../subgraphs/retrieval/catalogue/fitting/packed.ts';
import { matrix } from '../training/matrix.ts';
import type { ShopPart } from './intents.ts';
import type { SeenPart } from './seen-part.ts';

/** What training/item_vector.py reads of the training part. */
export function trainingInput(
  { items, text, picture }: ShopPart,
  seen: SeenPart,
  blocks: readonly FeatureBlock[],
): Uint8Array {
  const answers = { text: text.map((one) => one.answers), picture: picture.map((one) => one.answers) };
  return pack(
    { items: items.length, answers, blocks },
    {
      title: matrix(seen.title),
      more: matrix(seen.more),
      features: matrix(seen.features),
      text: matrix(seen.text),
      picture: matrix(seen.picture),
    },
  );
}
