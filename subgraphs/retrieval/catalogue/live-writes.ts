import { z } from 'zod';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import { MedleyError, toRejection } from '../../../src/runtime/errors.ts';
import type { Rejection } from '../../../src/runtime/errors.ts';
import type { FieldTypes } from '../../../src/vocabulary/item.ts';
import type { IndexWriter } from '../index/item-index.ts';
import type { ServingIndex } from '../serving-index.ts';
import { encodeItems, encodingsOf } from './encode-items.ts';
import type { EncodedItem } from './encode-items.ts';
import type { EncodingStore } from './encoding-store.ts';
import { checkItem } from './item-check.ts';
import type { MappedItem } from './item-mapping.ts';
import { itemRows } from './item-rows.ts';

/** Changes to single items while the catalogue serves. Durable and searchable when answered; an outcome for each item. */
export interface LiveWrites {
  upsert(given: readonly unknown[]): Promise<WriteOutcome>;
  remove(ids: readonly string[]): Promise<WriteOutcome>;
}

export interface WriteOutcome {
  readonly accepted: number;
  readonly rejected: readonly (Rejection & { readonly id: string })[];
}

export interface LiveWritePorts {
  readonly index: ServingIndex;
  readonly writer: IndexWriter;
  readonly encoders: Pick<Encoders, 'text' | 'picture'>;
  readonly encodings: EncodingStore;
  readonly fetchPicture: (url: string) => Promise<Uint8Array>;
  /** The bytes of an uploaded picture. Throws UNKNOWN_IMAGE. */
  readonly uploaded: (imageId: string) => Promise<Uint8Array>;
}

/** The most items of one call. */
const MOST = 1000;
/** Marks the id of an uploaded picture among URLs. */
const UPLOADED = 'upload:';

const images = z
  .array(z.object({ url: z.string().nullish(), imageId: z.string().nullish(), alt: z.string().nullish() }))
  .nullish();

export function liveWrites(ports: LiveWritePorts): LiveWrites {
  return { upsert: (given) => upsert(given, ports), remove: (ids) => remove(ids, ports) };
}

async function upsert(given: readonly unknown[], ports: LiveWritePorts): Promise<WriteOutcome> {
  refuseTooMany(given.length);
  const { head, fitting } = ports.index.serving();
  checkSpaces(head, ports);
  const checked = given.map((one) => outcomeOf(one, head.fields));
  const mapped = checked.flatMap((outcome) => ('item' in outcome ? [outcome] : []));
  const pictures = (name: string) =>
    name.startsWith(UPLOADED) ? ports.uploaded(name.slice(UPLOADED.length)) : ports.fetchPicture(name);
  const encoded = await encodeItems(mapped, { ...ports, pictures });
  const unseen = encoded.flatMap(({ item, failures }) => failures.map((failure) => ({ id: item.id, ...failure })));
  const good = await withEncodings(
    encoded.filter(({ failures }) => failures.length === 0),
    ports,
  );
  if (good.length > 0) await ports.writer.upsert(itemRows(good, fitting));
  return {
    accepted: good.length,
    rejected: [...checked.flatMap((outcome) => ('item' in outcome ? [] : [outcome])), ...unseen],
  };
}

async function remove(ids: readonly string[], { writer }: LiveWritePorts): Promise<WriteOutcome> {
  refuseTooMany(ids.length);
  const gone = new Set(await writer.remove(ids));
  const unknown = ids.filter((id) => !gone.has(id));
  return {
    accepted: gone.size,
    rejected: unknown.map((id) => ({ id, code: 'UNKNOWN_ITEM', message: 'No item has this id.' })),
  };
}

function outcomeOf(given: unknown, fields: FieldTypes): MappedItem | WriteOutcome['rejected'][number] {
  try {
    const item = checkItem(given, fields);
    const named = images.safeParse((given as { readonly images?: unknown }).images);
    if (!named.success) throw new MedleyError('INVALID_ITEM', 'images: a list of { url } or { imageId } was expected.');
    const pictures = (named.data ?? []).map(({ url, imageId }) => pictureName(url, imageId));
    const shown = (named.data ?? []).map(({ url, imageId, alt }) => ({
      url: url ?? `/images/${imageId ?? ''}`,
      alt: alt ?? item.title,
    }));
    return { item: { ...item, images: shown }, pictures };
  } catch (error) {
    return { id: idOf(given), ...toRejection(error) };
  }
}

function pictureName(url: string | null | undefined, imageId: string | null | undefined): string {
  if (url && !imageId) return url;
  if (imageId && !url) return `${UPLOADED}${imageId}`;
  throw new MedleyError('INVALID_ITEM', 'images: each has either a url or an imageId.');
}

async function withEncodings(encoded: readonly EncodedItem[], ports: LiveWritePorts) {
  const vectors = await encodingsOf(
    encoded.map(({ keys }) => keys),
    ports,
  );
  return encoded.flatMap(({ item }, i) => {
    const encodings = vectors[i];
    return encodings ? [{ item, encodings }] : [];
  });
}

function checkSpaces(
  head: { readonly textSpace: string; readonly imageSpace: string },
  { encoders }: LiveWritePorts,
): void {
  if (head.textSpace === encoders.text.space && head.imageSpace === encoders.picture.space) return;
  throw new MedleyError('SPACE_MISMATCH', 'The loaded encoders are not those of the index; index the catalogue again.');
}

function idOf(given: unknown): string {
  return typeof given === 'object' && given !== null && 'id' in given ? String(given.id) : '';
}

function refuseTooMany(count: number): void {
  if (count > MOST) throw new MedleyError('INVALID_INPUT', `${count} items came; send at most ${MOST} at a time.`);
}
