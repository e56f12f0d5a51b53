import { unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import type { FeatureBlock } from '../../../src/inference/encoder.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import type { EncodedData, EncodedRecord } from '../encodings/encoded-data.ts';
import type { Shop } from '../shop/open-shop.ts';
import { grid, MIDDLE, partial, WHOLE } from '../views/view.ts';

/** The whole photo, its middle as the product cuts it, and its four corners of the same size. */
export const VIEWS = [WHOLE, MIDDLE, ...grid(2, 0.6).map(partial)] as const;

/** How near each product is to picture features, in the order of the ids: cosines. */
export type Compare = (features: Vector) => Vector;

/** Studio pictures of products, and ways of comparing a photo with them. */
export interface Studio {
  readonly ids: readonly string[];
  /** As the product compares pictures. */
  readonly looks: Compare;
  /** By one block of the features alone: the colours of a picture, or what the backbone saw; neither standardised nor centred. */
  readonly block: (name: string) => Compare;
}

export async function openStudio(
  { index }: Shop,
  products: readonly EncodedRecord[],
  { picture }: EncodedData['encoders'],
): Promise<Studio> {
  const ids = products.map(({ item }) => item.id);
  const own = await index.vectors(ids);
  const looks = new LinearMap(own.map((vectors) => vectors?.looks ?? new Float32Array()));
  const { fitting } = index.serving();
  return {
    ids,
    looks: (features) => compared(looks, fitting.looksOf(features) ?? new Float32Array()),
    block: (name) => {
      const read = blockOf(picture.blocks, name);
      const known = new LinearMap(products.map(({ encodings }) => read(encodings.features ?? new Float32Array())));
      return (features) => compared(known, read(features));
    },
  };
}

function compared(products: LinearMap, photo: Vector): Vector {
  return products.apply([photo])[0] ?? new Float32Array();
}

/** Of unit length. */
function blockOf(blocks: readonly FeatureBlock[], name: string): (features: Vector) => Vector {
  const block = blocks.find((each) => each.name === name);
  if (!block) throw new RangeError(`The picture encoder has no block "${name}".`);
  return (features) => unit(features.slice(block.offset, block.offset + block.dims));
}
