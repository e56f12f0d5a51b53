import { randomBytes } from 'node:crypto';
import type { GenerationHead, IndexWriter, RefitRows } from '../index/item-index.ts';
import { adoptTrained } from './training/adopt-trained.ts';
import type { TrainedParts } from './training/adopt-trained.ts';
import type { BuildReport } from './build-report.ts';
import { fieldTypes } from './reading/catalogue-file.ts';
import type { Catalogue } from './reading/catalogue-file.ts';
import { encodeCatalogue } from './encoding/encode-catalogue.ts';
import type { EncodeCataloguePorts } from './encoding/encode-catalogue.ts';
import type { EncodedItem } from './encoding/encode-items.ts';
import type { ReportedProblem } from './encoding/reported-problem.ts';
import type { FitCataloguePorts } from './fitting/fit-catalogue.ts';
import type { Fitting } from './fitting/fitting.ts';
import { stopwatch } from './stopwatch.ts';
import { fittedCatalogue } from './training/training.ts';
import type { TogetherPort } from './training/training.ts';
import { writeItems } from './write-items.ts';

export interface BuildPorts extends EncodeCataloguePorts, FitCataloguePorts, TogetherPort {
  readonly writer: IndexWriter;
  /** What was trained beside the build: each is taken where it is good. */
  readonly trained?: TrainedParts;
  /** Makes the vectors of live writes, which came during the build, anew for this generation. */
  readonly refit?: (fitting: Fitting) => RefitRows;
  /** Awaited right before the switch. */
  readonly beforePublish?: () => Promise<void>;
}

/**
 * Builds a generation of a catalogue beside the serving one and publishes it: read and check, encode (resumable), fit, write, switch.
 * Bad items and pictures, and items that the index refuses, are told one by one and never stop the rest.
 *
 * @throws MedleyError INVALID_CATALOGUE where most lines are no items, or the index refuses most of them; nothing was changed then.
 *   The reason of the signal.
 */
export function buildGeneration(catalogue: Catalogue, ports: BuildPorts): Promise<BuildReport> {
  const made = { catalogue: catalogue.name, fields: fieldTypes(catalogue) };
  return generationOf(made, (watched) => encodeCatalogue(catalogue, { ...ports, ...watched }), ports);
}

/** What of a generation its items and its fitting do not say. */
export type CatalogueFacts = Pick<GenerationHead, 'catalogue' | 'fields'>;

/** What encoding the items of a generation tells on its way. */
export type EncodingWatch = Required<Pick<BuildPorts, 'onProblem'>>;

/** Builds a generation of items, however they are read and encoded, and publishes it. Errors: as `encode`; the reason of the signal. */
export async function generationOf(
  made: CatalogueFacts,
  encodeAll: (watch: EncodingWatch) => Promise<readonly EncodedItem[]>,
  ports: BuildPorts,
): Promise<BuildReport> {
  const left = { item: 0, picture: 0 };
  const onProblem = (problem: ReportedProblem) => {
    left[problem.left]++;
    ports.onProblem?.(problem);
  };
  const seconds = stopwatch();
  const encoded = await encodeAll({ onProblem });
  const encode = seconds();
  const fitting = await adoptTrained(await fittedCatalogue(encoded, ports), ports.trained ?? {});
  ports.signal?.throwIfAborted();
  const fit = seconds();
  const head = headOf(made, fitting, ports.encoders);
  const refused = await writeAndPublish({ head, encoded, fitting }, { ...ports, onProblem });
  const written = encoded.filter(({ item }) => !refused.has(item.id));
  return {
    catalogue: made.catalogue,
    models: [head.textSpace, head.imageSpace],
    generation: head.id,
    items: written.length,
    pictures: written.filter(({ keys }) => keys.pictures.length > 0).length,
    rejectedItems: left.item,
    rejectedPictures: left.picture,
    itemsPerSecond: encoded.length / Math.max(0.001, encode),
    seconds: { encode, fit, publish: seconds() },
    bridge: fitting.outcome,
    towers: fitting.towerOutcomes,
  };
}

function headOf(
  { catalogue, fields }: CatalogueFacts,
  fitting: Fitting,
  { text, picture }: BuildPorts['encoders'],
): GenerationHead {
  const createdAt = new Date().toISOString();
  return {
    id: `${createdAt.replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`,
    createdAt,
    catalogue,
    textSpace: text.space,
    imageSpace: picture.space,
    dims: { text: text.dims, ...fitting.dims },
    fields,
    fitting: fitting.toBytes(),
  };
}

interface Built {
  readonly head: GenerationHead;
  readonly encoded: readonly EncodedItem[];
  readonly fitting: Fitting;
}

/** Resolves to the ids of the items that the index refused. */
async function writeAndPublish(
  { head, encoded, fitting }: Built,
  ports: BuildPorts & EncodingWatch,
): Promise<ReadonlySet<string>> {
  const build = await ports.writer.build(head);
  try {
    const refused = await writeItems(encoded, { ...ports, build, fitting });
    await ports.beforePublish?.();
    ports.signal?.throwIfAborted();
    const late = await build.publish(ports.refit?.(fitting));
    for (const one of late) ports.onProblem({ ...one, left: 'item' });
    return refused;
  } catch (error) {
    // What cannot be removed now goes when the next build begins; what is told is why this one failed.
    await build.abort().catch(() => undefined);
    throw error;
  }
}
