import { createHash } from 'node:crypto';
import pMap from 'p-map';
import type { Encoder, EncodingFailure } from '../../../../src/inference/encoder.ts';
import type { Encoders } from '../../../../src/inference/open-encoders.ts';
import { toRejection } from '../../../../src/runtime/errors.ts';
import type { Rejection } from '../../../../src/runtime/errors.ts';
import type { Item, ItemImage } from '../../../../src/vocabulary/item.ts';
import { meanVector } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { EncodingStore } from './encoding-store.ts';
import type { EncodingsUnderWay, FailedEncodings } from './encodings-under-way.ts';
import type { MappedItem } from '../reading/item-mapping.ts';
import { itemTexts } from './item-text.ts';
import type { PictureSource } from '../reading/picture-source.ts';

export interface EncodePorts {
  readonly encoders: Pick<Encoders, 'text' | 'picture'>;
  readonly encodings: EncodingStore;
  readonly pictures: PictureSource;
  /** Shared by those who may encode the same at the same time. */
  readonly underWay?: EncodingsUnderWay;
}

/** Where the vectors of an item lie in the encoding store: keys are hashes of what was encoded. */
export interface ItemKeys {
  readonly title: string;
  readonly whole?: string;
  readonly pictures: readonly string[];
}

export interface EncodedItem {
  /** Shows no picture that is a file of the catalogue's folder and cannot be read: nobody else could see it. */
  readonly item: Item;
  readonly keys: ItemKeys;
  /** Pictures that could not be read or encoded; they count for nothing in the item's looks. */
  readonly failures: readonly LeftPicture[];
}

export interface LeftPicture extends Rejection {
  /** As the item names it. */
  readonly picture: string;
}

/** The encoders' own vectors of one item; `features` is the mean over its pictures. */
export interface ItemEncodings {
  readonly title: Vector;
  readonly whole?: Vector;
  readonly features?: Vector;
  /** Of several pictures each alone, the first MOST_PHOTOS of them. */
  readonly photos?: readonly Vector[];
}

/** As many pictures of an item are looked at one by one; further ones count in the mean. */
export const MOST_PHOTOS = 4;

const READS_AT_ONCE = 8;

export function textKey(text: string): string {
  return createHash('sha256').update('item\0').update(text).digest('base64url');
}

/** The second key of a picture that came from elsewhere than the catalogue's folder: by it later fits and writes find its features. */
export function pictureKey(url: string): string {
  return createHash('sha256').update('picture\0').update(url).digest('base64url');
}

interface ReadPicture {
  readonly key: string;
  /** Absent where the features are known. */
  readonly bytes?: Uint8Array;
}

/** Encodes what the store does not have yet, texts and pictures at the same time. Durable when resolved. */
export async function encodeItems(items: readonly MappedItem[], ports: EncodePorts): Promise<readonly EncodedItem[]> {
  const read = pMap(items, ({ pictures }) => readPictures(pictures, ports.pictures), { concurrency: READS_AT_ONCE });
  const texts = new Map(
    items.flatMap(({ item }) => Object.values(itemTexts(item)).map((text: string) => [textKey(text), text])),
  );
  const [pictures] = await Promise.all([
    read,
    encodeMissing(
      new Map([...texts].map(([key, text]) => [key, { text, role: 'item' as const }])),
      ports.encoders.text,
      ports,
    ),
  ]);
  const bytes = pictures.flat().flatMap((one) => ('key' in one && one.bytes ? [[one.key, one.bytes] as const] : []));
  const failed = await encodeMissing(new Map(bytes), ports.encoders.picture, ports);
  await nameElsewhere(items, { pictures, ports });
  return items.map(({ item, pictures: names }, i) => {
    const { title, whole } = itemTexts(item);
    const own = pictures[i] ?? [];
    const left = own.map((one) => ('key' in one ? failed.get(one.key) : one));
    const failures = left.flatMap((why, j) => (why ? [{ ...why, picture: names[j] ?? '' }] : []));
    const keys = own.flatMap((one, j) => ('key' in one && !left[j] ? [one.key] : []));
    const images = item.images.filter((image, j) => !isLost(image, names[j] ?? '', left[j]));
    return {
      item: { ...item, images },
      failures,
      keys: { title: textKey(title), whole: whole && textKey(whole), pictures: keys },
    };
  });
}

/** A file that this service would show and that is missing or damaged; what lies elsewhere may be back in a moment. */
function isLost({ url }: ItemImage, name: string, left: Rejection | undefined): boolean {
  return left?.code === 'IMAGE_UNREADABLE' && !isElsewhere(name) && url.startsWith('/pictures/');
}

/** Whether a picture comes from elsewhere than the catalogue's folder. */
function isElsewhere(name: string): boolean {
  return /^(?:[a-z]+:|\/pictures\/)/i.test(name);
}

async function readPictures(pictures: readonly string[], source: PictureSource): Promise<(ReadPicture | Rejection)[]> {
  return Promise.all(
    pictures.map(async (picture) => {
      try {
        const read = await source(picture);
        return 'key' in read ? read : { bytes: read, key: createHash('sha256').update(read).digest('base64url') };
      } catch (error) {
        return toRejection(error);
      }
    }),
  );
}

interface ReadPictures {
  readonly pictures: readonly (readonly (ReadPicture | Rejection)[])[];
  readonly ports: EncodePorts;
}

async function nameElsewhere(items: readonly MappedItem[], { pictures, ports }: ReadPictures): Promise<void> {
  const { encodings, encoders } = ports;
  const names = items.flatMap((one, i) =>
    one.pictures.flatMap((name, j) => {
      const [read, url] = [pictures[i]?.[j], one.item.images[j]?.url];
      return isElsewhere(name) && url && read && 'key' in read && read.bytes
        ? [{ name: pictureKey(url), key: read.key }]
        : [];
    }),
  );
  if (names.length === 0) return;
  const made = await encodings.get(encoders.picture.space, [...new Set(names.map(({ key }) => key))]);
  const entries = names.flatMap(({ name, key }) => {
    const vector = made.get(key);
    return vector ? [[name, vector] as const] : [];
  });
  if (entries.length > 0) await encodings.put(encoders.picture.space, new Map(entries));
}

/** Encodes the inputs whose keys the store lacks, and keeps the vectors there; answers those that failed. */
async function encodeMissing<Input>(
  inputs: ReadonlyMap<string, Input>,
  encoder: Encoder<Input>,
  { encodings, underWay }: Pick<EncodePorts, 'encodings' | 'underWay'>,
): Promise<FailedEncodings> {
  const known = await encodings.get(encoder.space, [...inputs.keys()]);
  const missing = [...inputs].filter(([key]) => !known.has(key));
  if (missing.length === 0) return new Map();
  const make = (these: readonly (readonly [string, Input])[]) => encodeAll(these, encoder, encodings);
  return underWay ? underWay.share(encoder.space, missing, make) : make(missing);
}

async function encodeAll<Input>(
  missing: readonly (readonly [key: string, input: Input])[],
  encoder: Encoder<Input>,
  encodings: EncodingStore,
): Promise<FailedEncodings> {
  const vectors = await encoder.encode(missing.map(([, input]) => input));
  const made = new Map<string, Vector>();
  const failed = new Map<string, Rejection>();
  for (const [i, [key]] of missing.entries()) {
    const outcome = vectors[i];
    if (outcome instanceof Float32Array) made.set(key, outcome);
    else failed.set(key, refusal(outcome));
  }
  if (made.size > 0) await encodings.put(encoder.space, made);
  return failed;
}

function refusal(outcome: EncodingFailure | undefined): Rejection {
  return outcome ? { code: outcome.code, message: outcome.message } : toRejection(outcome);
}

/** Reads back what was encoded, in the order of the items; undefined for an item whose title the store has lost. */
export async function encodingsOf(
  items: readonly ItemKeys[],
  { encoders, encodings }: Pick<EncodePorts, 'encoders' | 'encodings'>,
): Promise<readonly (ItemEncodings | undefined)[]> {
  const texts = items.flatMap(({ title, whole }) => (whole ? [title, whole] : [title]));
  const [words, looks] = await Promise.all([
    encodings.get(encoders.text.space, [...new Set(texts)]),
    encodings.get(encoders.picture.space, [...new Set(items.flatMap(({ pictures }) => pictures))]),
  ]);
  return items.map((keys) => {
    const title = words.get(keys.title);
    const pictures = keys.pictures.flatMap((key) => looks.get(key) ?? []);
    const whole = keys.whole === undefined ? undefined : words.get(keys.whole);
    const photos = pictures.length > 1 ? pictures.slice(0, MOST_PHOTOS) : undefined;
    return title && { title, whole, features: pictures.length > 0 ? meanVector(pictures) : undefined, photos };
  });
}
