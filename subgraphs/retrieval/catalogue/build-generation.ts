import { randomBytes } from 'node:crypto';
import pMap from 'p-map';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import { MedleyError, toRejection } from '../../../src/runtime/errors.ts';
import type { GenerationHead, IndexWriter, RefitRows } from '../index/item-index.ts';
import type { BuildReport, ReportedProblem } from './build-report.ts';
import { lexicalK } from './calibration.ts';
import { fieldTypes } from './catalogue-file.ts';
import type { Catalogue } from './catalogue-file.ts';
import { drawSample } from './draw-sample.ts';
import type { LoggedQuery } from './draw-sample.ts';
import { encodeItems, encodingsOf } from './encode-items.ts';
import type { EncodedItem } from './encode-items.ts';
import type { EncodingStore } from './encoding-store.ts';
import { fitInThread } from './fit-thread.ts';
import type { Fitting } from './fitting.ts';
import { mapItem } from './item-mapping.ts';
import type { MappedItem } from './item-mapping.ts';
import { isUnreadable, readItems } from './item-reader.ts';
import { itemRows } from './item-rows.ts';
import { lexicalSamples } from './lexical-sample.ts';
import { pictureSource } from './picture-source.ts';
import { stopwatch } from './stopwatch.ts';

export interface BuildPorts {
  readonly writer: IndexWriter;
  readonly encoders: Pick<Encoders, 'text' | 'picture'>;
  readonly encodings: EncodingStore;
  readonly fetchPicture?: (url: string) => Promise<Uint8Array>;
  /** Queries that led to a click or purchase; they teach the bridge. */
  readonly loggedQueries?: readonly LoggedQuery[];
  /** Makes the vectors of live writes, which came during the build, anew for this generation. */
  readonly refit?: (fitting: Fitting) => RefitRows;
  readonly onProgress?: (progress: { readonly phase: string; readonly done: number; readonly total: number }) => void;
  readonly onProblem?: (problem: ReportedProblem) => void;
  /** Awaited right before the switch. */
  readonly beforePublish?: () => Promise<void>;
  /** Interrupts the build up to the switch: what serves goes on serving, and what was encoded is not encoded again. */
  readonly signal?: AbortSignal;
}

const BATCH = 64;
const WRITE = 1000;
/** Two batches at once, so that encoders have work while the vectors of the other become durable. */
const AT_ONCE = 2;
/** Fewer good items than this share of the lines look like a wrong mapping, and what serves is not replaced. */
const LEAST_GOOD = 0.5;

/**
 * Builds a generation of a catalogue beside the serving one and publishes it: read and check, encode (resumable), fit, write, switch.
 * Bad items and pictures are told one by one and never stop the rest.
 *
 * @throws MedleyError INVALID_CATALOGUE where most lines are no items; nothing was changed then. The reason of the signal.
 */
export async function buildGeneration(catalogue: Catalogue, ports: BuildPorts): Promise<BuildReport> {
  const left = { item: 0, picture: 0 };
  const onProblem = (problem: ReportedProblem) => {
    left[problem.left]++;
    ports.onProblem?.(problem);
  };
  const mapped = await readCatalogueItems(catalogue, onProblem);
  refuseHopeless(mapped.length, left.item);
  const seconds = stopwatch();
  const encoded = await encodeAll(mapped, catalogue, { ...ports, onProblem });
  const encode = seconds();
  const fitting = await fitCatalogue(encoded, ports);
  ports.signal?.throwIfAborted();
  const fit = seconds();
  const head = headOf(catalogue, fitting, ports.encoders);
  await writeAndPublish({ head, encoded, fitting }, ports);
  return {
    catalogue: catalogue.name,
    generation: head.id,
    items: encoded.length,
    pictures: encoded.filter(({ keys }) => keys.pictures.length > 0).length,
    rejectedItems: left.item,
    rejectedPictures: left.picture,
    itemsPerSecond: encoded.length / Math.max(0.001, encode),
    seconds: { encode, fit, publish: seconds() },
    bridge: fitting.outcome,
  };
}

async function readCatalogueItems(
  catalogue: Catalogue,
  onProblem: (problem: ReportedProblem) => void,
): Promise<readonly MappedItem[]> {
  const types = fieldTypes(catalogue);
  const byId = new Map<string, MappedItem>();
  for await (const { line, fields } of readItems(catalogue)) {
    try {
      if (isUnreadable(fields)) throw new MedleyError(fields.code, fields.message);
      const mapped = mapItem(fields, catalogue, types);
      byId.set(mapped.item.id, mapped);
    } catch (error) {
      onProblem({ line, left: 'item', ...toRejection(error) });
    }
  }
  return [...byId.values()];
}

function refuseHopeless(good: number, bad: number): void {
  if (good > 0 && good >= LEAST_GOOD * (good + bad)) return;
  throw new MedleyError(
    'INVALID_CATALOGUE',
    `Only ${good} of ${good + bad} lines are items: check the mapping of the fields. Nothing was changed; the report file says what is wrong.`,
  );
}

async function encodeAll(
  mapped: readonly MappedItem[],
  { images }: Catalogue,
  { encoders, encodings, fetchPicture, onProgress, onProblem, signal }: BuildPorts,
): Promise<readonly EncodedItem[]> {
  const pictures = pictureSource({ folder: images?.folder, fetch: fetchPicture });
  const batches = Array.from({ length: Math.ceil(mapped.length / BATCH) }, (_, i) =>
    mapped.slice(i * BATCH, (i + 1) * BATCH),
  );
  let done = 0;
  const encoded = await pMap(
    batches,
    async (batch) => {
      const items = await encodeItems(batch, { encoders, encodings, pictures });
      for (const { item, failures } of items)
        for (const failure of failures) onProblem?.({ ...failure, id: item.id, left: 'picture' });
      done += batch.length;
      onProgress?.({ phase: 'encoding', done, total: mapped.length });
      return items;
    },
    { concurrency: AT_ONCE, signal },
  );
  return encoded.flat();
}

async function fitCatalogue(
  encoded: readonly EncodedItem[],
  { encoders, encodings, loggedQueries = [], onProgress }: BuildPorts,
): Promise<Fitting> {
  onProgress?.({ phase: 'fitting', done: 0, total: 1 });
  const { sample, drawn } = await drawSample(encoded, loggedQueries, { encoders, encodings });
  const fitting = await fitInThread(sample, { lexicalK: lexicalK(lexicalSamples(drawn.map(({ item }) => item))) });
  onProgress?.({ phase: 'fitting', done: 1, total: 1 });
  return fitting;
}

function headOf(catalogue: Catalogue, fitting: Fitting, { text, picture }: BuildPorts['encoders']): GenerationHead {
  const createdAt = new Date().toISOString();
  return {
    id: `${createdAt.replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`,
    createdAt,
    catalogue: catalogue.name,
    textSpace: text.space,
    imageSpace: picture.space,
    dims: { text: text.dims, ...fitting.dims },
    fields: fieldTypes(catalogue),
    fitting: fitting.toBytes(),
  };
}

interface Built {
  readonly head: GenerationHead;
  readonly encoded: readonly EncodedItem[];
  readonly fitting: Fitting;
}

async function writeAndPublish({ head, encoded, fitting }: Built, ports: BuildPorts): Promise<void> {
  const build = await ports.writer.build(head);
  try {
    for (let at = 0; at < encoded.length; at += WRITE) {
      const part = encoded.slice(at, at + WRITE);
      const vectors = await encodingsOf(
        part.map(({ keys }) => keys),
        ports,
      );
      const items = part.flatMap(({ item }, i) => {
        const encodings = vectors[i];
        return encodings ? [{ item, encodings }] : [];
      });
      ports.signal?.throwIfAborted();
      await build.write(itemRows(items, fitting));
      ports.onProgress?.({ phase: 'writing', done: Math.min(encoded.length, at + WRITE), total: encoded.length });
    }
    await ports.beforePublish?.();
    ports.signal?.throwIfAborted();
    await build.publish(ports.refit?.(fitting));
  } catch (error) {
    await build.abort();
    throw error;
  }
}
