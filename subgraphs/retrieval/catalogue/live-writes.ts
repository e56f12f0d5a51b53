import pMap from 'p-map';
import { z } from 'zod';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import { MedleyError, toRejection } from '../../../src/runtime/errors.ts';
import type { FieldTypes, ItemImage } from '../../../src/vocabulary/item.ts';
import { GenerationReplaced } from '../index/generation-replaced.ts';
import type { GenerationHead, IndexWriter, RefusedItem } from '../index/item-index.ts';
import { whatAnswers } from '../index/partly-read.ts';
import type { Serving, ServingIndex } from '../serving-index.ts';
import { encodeItems, encodingsOf } from './encoding/encode-items.ts';
import type { EncodedItem } from './encoding/encode-items.ts';
import type { EncodingStore } from './encoding/encoding-store.ts';
import { EncodingsUnderWay } from './encoding/encodings-under-way.ts';
import { checkItem } from './reading/item-check.ts';
import type { MappedItem } from './reading/item-mapping.ts';
import { itemRows } from './item-rows.ts';
import { readable } from './reading/readable-text.ts';
import type { PictureSource } from './reading/picture-source.ts';
import { shownPictures } from './shown-pictures.ts';

/** Changes to single items while the catalogue serves. Durable and searchable when answered; an outcome for each item. */
export interface LiveWrites {
  upsert(given: readonly unknown[]): Promise<WriteOutcome>;
  remove(ids: readonly string[]): Promise<WriteOutcome>;
}

export interface WriteOutcome {
  readonly accepted: number;
  readonly rejected: readonly RefusedItem[];
}

export interface LiveWritePorts {
  readonly index: ServingIndex;
  readonly writer: IndexWriter;
  /** The encoders that a generation was made with; closing gives them back. Throws SPACE_MISMATCH where there are none. */
  readonly encodersOf: (head: GenerationHead) => Promise<Encoders>;
  readonly encodings: EncodingStore;
  /** The bytes of a picture by its URL, or by the path that this service serves it at. */
  readonly fetchPicture: (url: string) => Promise<Uint8Array>;
  /** Keeps an uploaded picture for as long as items may show it; resolves to the path that it is served at. Throws UNKNOWN_IMAGE. */
  readonly keepUpload: (imageId: string) => Promise<string>;
}

/** The most items of one call. */
const MOST = 1000;
const MOST_IMAGES = 20;
const READS_AT_ONCE = 8;

const image = z.object({
  url: z.string().max(2000).nullish(),
  imageId: z.string().nullish(),
  alt: z.string().overwrite(readable).max(2000).nullish(),
});
const images = z.array(image).max(MOST_IMAGES).nullish();

export function liveWrites(ports: LiveWritePorts): LiveWrites {
  const sharing = { ...ports, underWay: new EncodingsUnderWay() };
  return {
    upsert: (given) => forWhatServes(() => upsert(given, sharing)),
    remove: (ids) => remove(ids, ports),
  };
}

/** What was fitted for a generation that was replaced meanwhile is fitted again for the new one. */
async function forWhatServes<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof GenerationReplaced) return write();
    throw error;
  }
}

async function upsert(given: readonly unknown[], ports: SharingPorts): Promise<WriteOutcome> {
  refuseTooMany(given.length);
  const serving = ports.index.serving();
  const encoders = await ports.encodersOf(serving.head);
  try {
    return await upsertInto(serving, given, { ...ports, encoders });
  } finally {
    await encoders.close();
  }
}

type SharingPorts = LiveWritePorts & { readonly underWay: EncodingsUnderWay };
type EncodedWritePorts = SharingPorts & { readonly encoders: Encoders };

async function upsertInto(
  { head, fitting }: Serving,
  given: readonly unknown[],
  ports: EncodedWritePorts,
): Promise<WriteOutcome> {
  const outcomes = { fields: head.fields, ports };
  const checked = await pMap(given, (one) => outcomeOf(one, outcomes), { concurrency: READS_AT_ONCE });
  const mapped = checked.flatMap((outcome) => ('item' in outcome ? [outcome] : []));
  const encoded = await encodeItems(mapped, { ...ports, pictures: await picturesFor(mapped, ports) });
  const unseen = encoded.flatMap(({ item, failures }) => failures.map((failure) => ({ id: item.id, ...failure })));
  const good = await withEncodings(
    encoded.filter(({ failures }) => failures.length === 0),
    ports,
  );
  const rows = await itemRows(good, fitting);
  if (ports.index.serving().head.id !== head.id) throw new GenerationReplaced();
  const refused = rows.length > 0 ? await ports.writer.upsert(rows) : [];
  const reasons = new Map(refused.map((one) => [one.id, one]));
  const unwritten = good.flatMap(({ item }) => reasons.get(item.id) ?? []);
  return {
    accepted: good.length - unwritten.length,
    rejected: [...checked.flatMap((outcome) => ('item' in outcome ? [] : [outcome])), ...unseen, ...unwritten],
  };
}

async function remove(ids: readonly string[], { writer }: LiveWritePorts): Promise<WriteOutcome> {
  refuseTooMany(ids.length);
  const gone = new Set(await removedIds(ids, writer));
  const unknown = ids.filter((id) => !gone.has(id));
  return {
    accepted: gone.size,
    rejected: unknown.map((id) => ({ id, code: 'UNKNOWN_ITEM', message: 'No item has this id.' })),
  };
}

/** Where the catalogue was replaced meanwhile, what was deleted of the one before may be missing in the new one already. */
async function removedIds(ids: readonly string[], writer: IndexWriter): Promise<readonly string[]> {
  try {
    return await writer.remove(ids);
  } catch (error) {
    if (!(error instanceof GenerationReplaced)) throw error;
    return [...error.removed, ...(await writer.remove(ids))];
  }
}

async function outcomeOf(
  given: unknown,
  { fields, ports }: { readonly fields: FieldTypes; readonly ports: LiveWritePorts },
): Promise<MappedItem | WriteOutcome['rejected'][number]> {
  try {
    const item = checkItem(given, fields);
    const named = images.safeParse((given as { readonly images?: unknown }).images);
    if (!named.success)
      throw new MedleyError('INVALID_ITEM', `images: expected at most ${MOST_IMAGES}, each { url } or { imageId }.`);
    const shown = await Promise.all((named.data ?? []).map((one) => imageOf(one, item.title, ports)));
    return { item: { ...item, images: shown }, pictures: shown.map(({ url }) => url) };
  } catch (error) {
    return { id: idOf(given), ...toRejection(error) };
  }
}

async function imageOf(
  { url, imageId, alt }: z.infer<typeof image>,
  title: string,
  { keepUpload }: LiveWritePorts,
): Promise<ItemImage> {
  if (url && !imageId) return { url, alt: alt ?? title };
  if (imageId && !url) return { url: await keepUpload(imageId), alt: alt ?? title };
  throw new MedleyError('INVALID_ITEM', 'images: expected either a url or an imageId in each.');
}

/** Pictures that an item keeps are not fetched again: a new price must not depend on the host of the pictures. */
async function picturesFor(mapped: readonly MappedItem[], ports: EncodedWritePorts): Promise<PictureSource> {
  const { read: present } = await whatAnswers(ports.index.items(mapped.map(({ item }) => item.id)));
  const kept = mapped.flatMap(({ pictures }, i) => {
    const shown = new Set(present[i]?.images.map(({ url }) => url));
    return pictures.filter((url) => shown.has(url));
  });
  return shownPictures(kept, ports);
}

async function withEncodings(encoded: readonly EncodedItem[], ports: EncodedWritePorts) {
  const vectors = await encodingsOf(
    encoded.map(({ keys }) => keys),
    ports,
  );
  return encoded.flatMap(({ item }, i) => {
    const encodings = vectors[i];
    return encodings ? [{ item, encodings }] : [];
  });
}

function idOf(given: unknown): string {
  return typeof given === 'object' && given !== null && 'id' in given ? String(given.id) : '';
}

function refuseTooMany(count: number): void {
  if (count > MOST)
    throw new MedleyError('INVALID_INPUT', `The operation has ${count} items. Send at most ${MOST} at a time.`);
}
