import type { Encoders } from '../../src/inference/open-encoders.ts';
import { PICTURE_LIMITS } from '../../src/inference/picture-tensor.ts';
import { rememberPictures } from '../../src/runtime/catalogue-pictures.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { pictureFetcher } from '../../src/runtime/picture-fetch.ts';
import type { BehaviourSource } from './behaviour-source.ts';
import { buildGeneration } from './catalogue/build-generation.ts';
import type { BuildPorts } from './catalogue/build-generation.ts';
import type { BuildReport } from './catalogue/build-report.ts';
import type { Catalogue } from './catalogue/catalogue-file.ts';
import type { EncodingStore } from './catalogue/encoding-store.ts';
import { trainBridge } from './catalogue/train-bridge.ts';
import type { TrainBridgePorts } from './catalogue/train-bridge.ts';
import { readTrainedBridge, trainedBridgeFolder } from './catalogue/trained-bridge.ts';
import { refitLiveRows } from './catalogue/refit.ts';
import type { WatchingWriter } from './catalogue/watching-writer.ts';
import { queriesThatLed } from './logged-queries.ts';
import type { WindowStore } from './window-store.ts';

/** Brings catalogues in, one at a time, while what is published goes on serving. */
export interface Indexing {
  /**
   * Reads, encodes, fits and publishes.
   *
   * @throws MedleyError INVALID_CATALOGUE; DATA_FOLDER_LOCKED while another run is under way; READ_ONLY when `close` interrupts it
   */
  run(catalogue: Catalogue, watch?: IndexingWatch): Promise<BuildReport>;
  /**
   * Trains a bridge and keeps it for the next run, which takes it if it is the better one. Answers a sentence on how good it is.
   *
   * @throws MedleyError INVALID_CATALOGUE where there is nothing to train; INVALID_SETTING where nothing can train
   */
  trainBridge(catalogue: Catalogue, watch: IndexingWatch & Pick<TrainBridgePorts, 'train'>): Promise<string>;
  /**
   * Serves the generation before again; a second call undoes the first. Resolves to the id of the generation that serves then.
   *
   * @throws MedleyError NOT_READY where none served before
   */
  rollback(): Promise<string>;
  /** Interrupts the run under way and takes no other. */
  close(): Promise<void>;
}

/** What the one who asked wants to hear, and how it interrupts. */
export type IndexingWatch = Pick<BuildPorts, 'onProgress' | 'onProblem' | 'signal'>;

export interface IndexingPorts {
  readonly writer: WatchingWriter;
  readonly encoders: Encoders;
  readonly encodings: EncodingStore;
  readonly behaviour: BehaviourSource;
  readonly windows: WindowStore;
  readonly dataFolder: string;
}

/** How long a picture by URL may take, milliseconds. A catalogue is the operator's own, so its pictures may come from anywhere. */
const FETCH_TIMEOUT = 10_000;

export function indexing(ports: IndexingPorts): Indexing {
  const closing = new AbortController();
  let running: Promise<BuildReport> | undefined;
  return {
    run: async (catalogue, watch = {}) => {
      closing.signal.throwIfAborted();
      if (running)
        throw new MedleyError('DATA_FOLDER_LOCKED', 'A catalogue is being indexed already; wait until it is done.');
      const signal = watch.signal ? AbortSignal.any([closing.signal, watch.signal]) : closing.signal;
      running = watched(ports.writer, () => build(catalogue, { ...watch, signal }, ports));
      try {
        return await running;
      } finally {
        running = undefined;
      }
    },
    trainBridge: (catalogue, watch) =>
      withSource(ports, (source) =>
        trainBridge(catalogue, { ...source, ...watch, folder: trainedBridgeFolder(ports.dataFolder, catalogue.name) }),
      ),
    rollback: async () => (await ports.writer.rollback()).id,
    close: async () => {
      closing.abort(
        new MedleyError('READ_ONLY', 'The server stops, and what served before goes on serving; index again later.'),
      );
      await running?.catch(() => undefined);
    },
  };
}

/** Live changes are remembered from before the catalogue is read. */
async function watched<T>(writer: WatchingWriter, work: () => Promise<T>): Promise<T> {
  await writer.watch();
  try {
    return await work();
  } finally {
    await writer.unwatch();
  }
}

async function build(catalogue: Catalogue, watch: IndexingWatch, ports: IndexingPorts): Promise<BuildReport> {
  const { images, name } = catalogue;
  return withSource(ports, async (source) =>
    buildGeneration(catalogue, {
      ...source,
      ...watch,
      writer: ports.writer,
      trainedBridge: await readTrainedBridge(trainedBridgeFolder(ports.dataFolder, name)),
      refit: refitLiveRows(ports),
      beforePublish: async () => {
        if (images?.folder) await rememberPictures(ports.dataFolder, name, images.folder);
      },
    }),
  );
}

type Source = Pick<BuildPorts, 'encoders' | 'encodings' | 'loggedQueries' | 'fetchPicture'>;

/** What a catalogue is read and encoded with, for the time of one work on it. */
async function withSource<T>(
  { encoders, encodings, behaviour, windows }: IndexingPorts,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const fetcher = pictureFetcher({ maxBytes: PICTURE_LIMITS.bytes, timeout: FETCH_TIMEOUT, reach: 'any' });
  try {
    const loggedQueries = await queriesThatLed(behaviour, windows);
    return await work({ encoders, encodings, loggedQueries, fetchPicture: fetcher.fetch });
  } finally {
    await fetcher.close();
  }
}
