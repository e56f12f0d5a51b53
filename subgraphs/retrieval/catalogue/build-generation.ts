import { randomBytes } from 'node:crypto';
import type { GenerationHead, IndexWriter, RefitRows } from '../index/item-index.ts';
import { adoptBridge } from './adopt-bridge.ts';
import type { BuildReport, ReportedProblem } from './build-report.ts';
import { fieldTypes } from './catalogue-file.ts';
import type { Catalogue } from './catalogue-file.ts';
import { encodeCatalogue } from './encode-catalogue.ts';
import type { EncodeCataloguePorts } from './encode-catalogue.ts';
import { encodingsOf } from './encode-items.ts';
import type { EncodedItem } from './encode-items.ts';
import { fitCatalogue } from './fit-catalogue.ts';
import type { FitCataloguePorts } from './fit-catalogue.ts';
import type { Fitting } from './fitting.ts';
import { itemRows } from './item-rows.ts';
import { stopwatch } from './stopwatch.ts';
import type { TrainedBridge } from './trained-bridge.ts';

export interface BuildPorts extends EncodeCataloguePorts, FitCataloguePorts {
  readonly writer: IndexWriter;
  /** Takes the place of the bridge in closed form if it finds more. */
  readonly trainedBridge?: TrainedBridge;
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
  const { fitting: closed, drawn } = await fitCatalogue(encoded, ports);
  const fitting = ports.trainedBridge ? await adoptBridge(closed, ports.trainedBridge, drawn) : closed;
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
