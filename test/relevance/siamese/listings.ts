import type { Vector } from '../../../src/vocabulary/vector.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import { itemText } from '../../../subgraphs/retrieval/catalogue/fitting/fit-sample.ts';
import { pack } from '../../../subgraphs/retrieval/catalogue/fitting/packed.ts';
import { fitStandardisation, standardise } from '../../../subgraphs/retrieval/catalogue/fitting/standardisation.ts';
import type { EncodedData, EncodedRecord } from '../encodings/encoded-data.ts';
import { matrix } from '../training/matrix.ts';

/** A listing as the frozen encoders see it. */
export interface Listing {
  readonly id: string;
  /** What kind of thing it is: a picture of another of its kind is the hardest to tell. */
  readonly kind: string;
  readonly text: Vector;
  /** Standardised features. */
  readonly picture: Vector;
  /** As the encoder gave them. */
  readonly features: Vector;
}

/** Pictures are standardised by the records that are trained on. */
export function readListings(
  records: readonly EncodedRecord[],
  kindOf: (fields: EncodedRecord['fields']) => unknown,
  { encoders, trained }: { readonly encoders: EncodedData['encoders']; readonly trained: readonly EncodedRecord[] },
): readonly Listing[] {
  const features = trained.flatMap(({ encodings }) => encodings.features ?? []);
  const fitted = fitStandardisation(features, encoders.picture.blocks);
  return records.flatMap(({ item, fields, encodings }) =>
    encodings.features
      ? [
          {
            id: item.id,
            kind: String(kindOf(fields)),
            text: unit(itemText(encodings)),
            picture: standardise(fitted, encodings.features),
            features: encodings.features,
          },
        ]
      : [],
  );
}

/** The control: nobody shows their own picture. */
export function handAround(listings: readonly Listing[]): readonly Listing[] {
  const far = Math.floor(listings.length / 2);
  return listings.map((listing, i) => {
    const { picture, features } = listings[(i + far) % listings.length] ?? listing;
    return { ...listing, picture, features };
  });
}

/** What training/siamese.py reads; `pairs` are rows of the listings. */
export function siameseInput(listings: readonly Listing[], pairs: readonly (readonly [number, number])[]): Uint8Array {
  const names = [...new Set(listings.map(({ kind }) => kind))];
  const numbers = new Map(names.map((name, at) => [name, at]));
  const kinds = listings.map(({ kind }) => numbers.get(kind) ?? 0);
  return pack(
    { kinds, pairs },
    { text: matrix(listings.map(({ text }) => text)), picture: matrix(listings.map(({ picture }) => picture)) },
  );
}
