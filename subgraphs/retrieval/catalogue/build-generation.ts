import { randomBytes } from 'node:crypto';
import type { GenerationHead, IndexWriter, RefitRows } from '../index/item-index.ts';
import type { BuildReport, ReportedProblem } from './build-report.ts';
import { lexicalK } from './calibration.ts';
import { fieldTypes } from './catalogue-file.ts';
import type { Catalogue } from './catalogue-file.ts';
import { drawSample } from './draw-sample.ts';
import type { LoggedQuery } from './draw-sample.ts';
import { encodeCatalogue } from './encode-catalogue.ts';
import type { EncodeCataloguePorts } from './encode-catalogue.ts';
import { encodingsOf } from './encode-items.ts';
import type { EncodedItem } from './encode-items.ts';
import { fitInThread } from './fit-thread.ts';
import type { Fitting } from './fitting.ts';
import { itemRows } from './item-rows.ts';
import { lexicalSamples } from './lexical-sample.ts';
import { stopwatch } from './stopwatch.ts';

export interface BuildPorts extends EncodeCataloguePorts {
  readonly writer: IndexWriter;
  /** Queries that led to a click or purchase; they teach the bridge. */
  readonly loggedQueries?: readonly LoggedQuery[];
  /** Makes the vectors of live writes, which came during the build, anew for this generation. */
  readonly refit?: (fitting: Fitting) => RefitRows;
  /** Awaited right before the switch. */
  readonly beforePublish?: () => Promise<void>;
}

const WRITE = 1000;

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
  const seconds = stopwatch();
  const encoded = await encodeCatalogue(catalogue, { ...ports, onProblem });
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
      await build.write(await itemRows(items, fitting));
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
