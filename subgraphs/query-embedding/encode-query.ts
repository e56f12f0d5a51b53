import { EncodingFailure } from '../../src/inference/encoder.ts';
import type { Encoder, PictureEncoder, TextEncoder } from '../../src/inference/encoder.ts';
import type { EncodedPart, QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { QueryPart, SearchQuery } from '../../src/vocabulary/search-request.ts';
import type { PictureFetch } from '../../src/runtime/picture-fetch.ts';
import { toMedleyError } from './picture-error.ts';
import type { PictureStore } from './picture-store.ts';
import { queryTilt } from './query-tilt.ts';

export interface EncodeQueryPorts {
  readonly text: TextEncoder;
  readonly picture: PictureEncoder;
  /** The pictures that were uploaded. */
  readonly uploads: Pick<PictureStore, 'get'>;
  readonly fetchPicture: PictureFetch;
  /** Told of a part that was left out because encoding it failed on our side. */
  readonly onLeftOut?: (failure: Error) => void;
}

/**
 * Encodes the words and pictures of a query, all at the same time; parts that name an item are retrieval's. A part that an
 * encoder fails on is left out and the others count, but a picture that the query names and that is not there, or is no
 * picture, is the asker's to mend.
 *
 * @throws MedleyError UNKNOWN_IMAGE, IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_UNREACHABLE
 */
export async function encodeQuery({ parts }: SearchQuery, ports: EncodeQueryPorts): Promise<QueryEncoding> {
  const encoded = await Promise.all(parts.map((part) => encodePart(part, ports)));
  return { parts: encoded.filter((part) => part !== undefined), tilt: queryTilt(parts) };
}

async function encodePart(part: QueryPart, ports: EncodeQueryPorts): Promise<EncodedPart | undefined> {
  switch (part.kind) {
    case 'TEXT':
      if (part.text.trim() === '') return undefined;
      return encodeWith(ports.text, { input: { text: part.text, role: 'query' }, weight: part.weight }, ports);
    case 'IMAGE_ID':
      return encodeWith(ports.picture, { input: await ports.uploads.get(part.imageId), weight: part.weight }, ports);
    case 'IMAGE_URL':
      return encodeWith(ports.picture, { input: await ports.fetchPicture(part.imageUrl), weight: part.weight }, ports);
    case 'ITEM':
      return undefined;
  }
}

async function encodeWith<Input>(
  encoder: Encoder<Input>,
  { input, weight }: { readonly input: Input; readonly weight: number },
  { onLeftOut }: EncodeQueryPorts,
): Promise<EncodedPart | undefined> {
  const vector = await encodeOne(encoder, input);
  if (!(vector instanceof EncodingFailure)) return { modality: encoder.modality, space: encoder.space, weight, vector };
  if (vector.code !== 'INTERNAL') throw toMedleyError(vector);
  onLeftOut?.(vector);
  return undefined;
}

async function encodeOne<Input>(encoder: Encoder<Input>, input: Input) {
  try {
    const [outcome] = await encoder.encode([input]);
    return outcome ?? new EncodingFailure('INTERNAL', 'no vector came back');
  } catch (error) {
    return new EncodingFailure('INTERNAL', String(error));
  }
}
