import { PICTURE_LIMITS } from '../../src/inference/picture-tensor.ts';
import type { Encoders } from '../../src/inference/open-encoders.ts';
import type { ModelPair } from '../../src/inference/releases/model-place.ts';
import type { Models } from '../../src/inference/releases/models.ts';
import { rememberPictures } from '../../src/runtime/catalogue-pictures.ts';
import type { Logger } from '../../src/runtime/logger.ts';
import { pictureFetcher } from '../../src/runtime/picture-fetch.ts';
import type { BehaviourSource } from './behaviour-source.ts';
import { readTrainedParts } from './catalogue/training/adopt-trained.ts';
import { buildGeneration } from './catalogue/build-generation.ts';
import type { BuildPorts } from './catalogue/build-generation.ts';
import type { BuildReport } from './catalogue/build-report.ts';
import type { EncodingStore } from './catalogue/encoding/encoding-store.ts';
import type { IndexingWatch } from './catalogue/indexing-watch.ts';
import type { Catalogue } from './catalogue/reading/catalogue-file.ts';
import { refitLiveRows } from './catalogue/refit.ts';
import { reencodeGeneration } from './catalogue/reencode.ts';
import { trainedFolder } from './catalogue/training/trained-folder.ts';
import type { TrainPorts } from './catalogue/training/training.ts';
import { TRAININGS } from './catalogue/training/trainings.ts';
import type { TrainingName } from './catalogue/training/trainings.ts';
import type { WatchingWriter } from './catalogue/watching-writer.ts';
import type { GenerationEncoders } from './models/generation-encoders.ts';
import { queriesThatLed } from './logged-queries.ts';
import { modelOrders } from './models/model-order.ts';
import type { ModelOrders } from './models/model-order.ts';
import { modelSwitch } from './models/model-switch.ts';
import type { Switching } from './models/model-switch.ts';
import { OneBuild } from './one-build.ts';
import { resumeModelChange } from './models/resume-model-change.ts';
import type { ServingIndex } from './serving-index.ts';
import type { WindowStore } from './window-store.ts';

/** Brings catalogues and models in, one at a time, while what is published goes on serving. */
export interface Indexing extends ModelOrders {
  /**
   * Reads, encodes, fits and publishes.
   *
   * @throws MedleyError INVALID_CATALOGUE; BUSY while another run is under way; INTERRUPTED when `close` interrupts it
   */
  run(catalogue: Catalogue, watch?: IndexingWatch): Promise<BuildReport>;
  /**
   * Trains and keeps what comes of it for the next run, which takes it if it is good. Answers a sentence on how good it is.
   *
   * @throws MedleyError INVALID_CATALOGUE where there is nothing to train; INVALID_SETTING where nothing can train; BUSY
   * while another training is under way; INTERRUPTED when `close` interrupts it
   */
  train(name: TrainingName, catalogue: Catalogue, watch: TrainingWatch): Promise<string>;
  /**
   * Serves the generation before again, whatever its models; a second call undoes the first. Resolves to the id of what serves then.
   *
   * @throws MedleyError NOT_READY where none served before
   */
  rollback(): Promise<string>;
  /** Takes up a change of models that was ordered and that the process which was at it did not live to finish. */
  resume(): Promise<void>;
  /** Resolves when models that are out of use are so everywhere. */
  settled(): Promise<void>;
  /** Interrupts the run under way and takes no other. */
  close(): Promise<void>;
}

/** What the one who asked for a training wants to hear of it, how it is interrupted, and who trains. */
export type TrainingWatch = Pick<TrainPorts, 'onProgress' | 'signal' | 'train'>;

export interface IndexingPorts {
  readonly index: ServingIndex;
  readonly writer: WatchingWriter;
  readonly models: Models;
  readonly encoders: GenerationEncoders;
  readonly encodings: EncodingStore;
  readonly behaviour: BehaviourSource;
  readonly windows: WindowStore;
  readonly dataFolder: string;
  /** The bytes of a picture that an item shows, by its URL or the path that this service serves it at. */
  readonly fetchPicture: (url: string) => Promise<Uint8Array>;
  /** How long a request may be on its way, milliseconds. */
  readonly patience: number;
  readonly log: Logger;
}

/** How long a picture by URL may take, milliseconds. A catalogue is the operator's own, so its pictures may come from anywhere. */
const FETCH_TIMEOUT = 10_000;

export function indexing(ports: IndexingPorts): Indexing {
  const builds = new OneBuild();
  const trainings = new OneBuild('Something is being trained already; wait until it is done.');
  const { models, encoders, index, writer } = ports;
  const switching = modelSwitch({ ...ports, builds });
  const serving = () => encoders.models(index.serving().head);
  const orders = modelOrders({
    serving,
    reencode: (to, watch) =>
      builds.alone((signal) => reencode(to, { ...watch, signal }, { ...ports, switching }), watch.signal),
  });
  return {
    ...orders,
    run: (catalogue, watch = {}) =>
      builds.alone((signal) => build(catalogue, { ...watch, signal }, { ...ports, switching }), watch.signal),
    train: (name, catalogue, watch) =>
      trainings.alone(async (signal) => {
        const folder = trainedFolder(ports.dataFolder, catalogue.name, name);
        const pair = await models.chosen();
        return withSource({ ...ports, pair }, (source) =>
          TRAININGS[name](catalogue, { ...source, ...watch, signal, folder }),
        );
      }, watch.signal),
    rollback: () =>
      builds.alone((signal) =>
        switching(
          async () => ({ to: await encoders.models(await writer.previous()), signal }),
          async ({ everywhere }) => {
            await everywhere();
            return (await writer.rollback()).id;
          },
        ),
      ),
    resume: () => resumeModelChange({ ...ports, serving, use: (...asked) => orders.use(...asked) }),
    settled: () => builds.settled(),
    close: async () => {
      await Promise.all([builds.close(), trainings.close()]);
    },
  };
}

/** Live changes are remembered from before anything is read. */
async function watched<T>(writer: WatchingWriter, work: () => Promise<T>): Promise<T> {
  await writer.watch();
  try {
    return await work();
  } finally {
    await writer.unwatch();
  }
}

type BuildingPorts = IndexingPorts & { readonly switching: Switching };

function build(catalogue: Catalogue, watch: IndexingWatch, ports: BuildingPorts): Promise<BuildReport> {
  const { images, name } = catalogue;
  return watched(ports.writer, () =>
    ports.switching(
      async () => ({ to: await ports.models.chosen(), signal: watch.signal }),
      ({ to, everywhere, signal }) =>
        withSource({ ...ports, pair: to }, async (source) =>
          buildGeneration(catalogue, {
            ...source,
            ...watch,
            signal,
            ...(await fittedWith(name, source, ports)),
            beforePublish: async () => {
              if (images?.folder) await rememberPictures(ports.dataFolder, name, images.folder);
              await everywhere();
            },
          }),
        ),
    ),
  );
}

function reencode(to: ModelPair, watch: IndexingWatch, ports: BuildingPorts): Promise<BuildReport> {
  const { index, fetchPicture } = ports;
  return watched(ports.writer, () =>
    ports.switching(
      () => Promise.resolve({ to, ordered: true, signal: watch.signal }),
      ({ everywhere, signal }) =>
        withSource({ ...ports, pair: to }, async (source) =>
          reencodeGeneration(index, {
            ...source,
            ...watch,
            signal,
            ...(await fittedWith(index.serving().head.catalogue, source, ports)),
            fetchPicture,
            beforePublish: everywhere,
          }),
        ),
    ),
  );
}

async function fittedWith(catalogue: string, source: Source, { writer, dataFolder, fetchPicture }: IndexingPorts) {
  return {
    writer,
    trained: await readTrainedParts(dataFolder, catalogue),
    refit: refitLiveRows({ ...source, fetchPicture }),
  };
}

type Source = Pick<BuildPorts, 'encoders' | 'encodings' | 'loggedQueries' | 'fetchPicture' | 'chosenTogether'>;

const MOST_PAIRS = 50_000;

/** What a catalogue is read and encoded with, for the time of one work on it. */
async function withSource<T>(
  { models, pair, encodings, behaviour, windows }: IndexingPorts & { readonly pair: ModelPair },
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const fetcher = pictureFetcher({ maxBytes: PICTURE_LIMITS.bytes, timeout: FETCH_TIMEOUT, reach: 'any' });
  let encoders: Encoders | undefined;
  try {
    encoders = await models.take(pair);
    const loggedQueries = await queriesThatLed(behaviour, windows);
    const chosenTogether = () => behaviour.chosenTogether(MOST_PAIRS);
    return await work({ encoders, encodings, loggedQueries, chosenTogether, fetchPicture: fetcher.fetch });
  } finally {
    await Promise.all([fetcher.close(), encoders?.close()]);
  }
}
