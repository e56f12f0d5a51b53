import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { placesOf, unitedPlaces } from '../../src/inference/releases/model-place.ts';
import { openModels } from '../../src/inference/releases/open-models.ts';
import type { Models } from '../../src/inference/releases/models.ts';
import { layDataFolder } from '../../src/runtime/data-folder.ts';
import { openDatabase } from '../../src/runtime/database.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import type { Settings } from '../../src/runtime/environment.ts';
import { lockFolder } from '../../src/runtime/folder-lock.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { servePort } from '../../src/runtime/internal-port.ts';
import type { Logger } from '../../src/runtime/logger.ts';
import type { ProgramSettings } from '../../src/runtime/run-alone.ts';
import { unwinding } from '../../src/runtime/unwinding.ts';
import type { Keep } from '../../src/runtime/unwinding.ts';
import { runSubgraph } from '../../src/runtime/run-subgraph.ts';
import type { Program } from '../../src/runtime/run-subgraph.ts';
import { NO_BEHAVIOUR } from './behaviour-source.ts';
import type { BehaviourSource } from './behaviour-source.ts';
import { liveWrites } from './catalogue/live-writes.ts';
import { watchingWriter } from './catalogue/watching-writer.ts';
import { generationEncoders } from './models/generation-encoders.ts';
import type { GenerationEncoders } from './models/generation-encoders.ts';
import { openIndexDoor } from './index-door.ts';
import { openElasticsearchIndex } from './index/elasticsearch/elasticsearch-item-index.ts';
import type { IndexWriter, ItemIndex } from './index/item-index.ts';
import { openLanceEncodingStore } from './index/lancedb/lancedb-encoding-store.ts';
import { openLanceIndex } from './index/lancedb/lancedb-item-index.ts';
import { indexing } from './indexing.ts';
import type { Indexing } from './indexing.ts';
import { itemPictures } from './item-pictures.ts';
import type { KeptPictures } from './kept-pictures.ts';
import { queryLog } from './query-log/read-log.ts';
import type { QueryLog } from './query-log/read-log.ts';
import { openNeighbours } from './neighbours.ts';
import { openKeptPictures } from './open-kept-pictures.ts';
import { openPolicyFiles } from './policy-files.ts';
import { retrievalConfig } from './config.ts';
import type { RetrievalConfig } from './config.ts';
import { servingIndex } from './serving-index.ts';
import type { ServingIndex } from './serving-index.ts';
import { shownEvidence } from './shown-evidence.ts';
import type { ShownEvidence } from './shown-evidence.ts';
import { openSqlWindowStore } from './sql-window-store.ts';
import { measureIndex } from './retrieval-metrics.ts';
import type { SearchPorts } from './search.ts';
import { retrievalSubgraph } from './subgraph.ts';
import { tracedIndex } from './traced-index.ts';
import type { WindowStore } from './window-store.ts';

/** retrieval with its outsiders opened: index, encodings, query log, encoders. */
export interface Retrieval extends Program {
  readonly index: ServingIndex;
  readonly indexing: Indexing;
  readonly windows: WindowStore;
  readonly evidence: ShownEvidence;
  readonly pictures: Pick<KeptPictures, 'get'>;
  readonly readLog: QueryLog;
  ready(): boolean;
}

export interface RetrievalSettings extends ProgramSettings {
  /** Shared with others of this process; opened from the settings when absent. */
  readonly models?: Models;
  readonly behaviour?: BehaviourSource;
  /** Pictures that were uploaded, by id; none are known when absent. */
  readonly uploads?: (imageId: string) => Promise<Uint8Array>;
  /** Opened only to index: an index that was made with other encoders will do, and nobody else is let in. */
  readonly onlyToIndex?: boolean;
}

const EVIDENCE_METHODS = ['shown', 'vectors', 'sample', 'forget'] as const;

export function openRetrieval(settings: RetrievalSettings): Promise<Retrieval> {
  return unwinding((keep) => openParts(settings, keep));
}

async function openParts(asked: RetrievalSettings, keep: Keep): Promise<Retrieval> {
  const { env, dataFolder, log, secret, models: shared } = asked;
  const { behaviour = NO_BEHAVIOUR, uploads = unknownUpload, onlyToIndex = false } = asked;
  const settings = readSettings(env);
  const config = retrievalConfig(env);
  layDataFolder(dataFolder);
  const models = shared ?? (await openModels({ env, dataFolder, workers: config.workers }));
  if (!shared) keep(models.register);
  const encoders = keep(generationEncoders(models));
  const opened = await openIndex(config, { dataFolder, log, patience: settings.MEDLEY_DEADLINE });
  const alone = config.elasticsearch === undefined;
  const index = keep(servingIndex(tracedIndex(opened.index, alone ? 'lancedb' : 'elasticsearch')));
  const writer = keep(watchingWriter(opened.writer));
  if (!onlyToIndex) await useModelsOf(index, { models, encoders, alone, log });
  const encodings = keep(await openLanceEncodingStore(join(dataFolder, 'encodings')));
  const windows = keep(await openWindows(settings, dataFolder));
  const kept = await openKeptPictures(dataFolder, settings.MEDLEY_DATABASE_URL);
  const pictures = keep(itemPictures({ dataFolder, kept, reach: config.imageUrls, uploaded: uploads }));
  const writes = liveWrites({ index, writer, encodersOf: (head) => encoders.of(head), encodings, ...pictures });
  const files = keep(await openPolicyFiles(config.policy, log));
  const evidence = shownEvidence(index, windows);
  const { fetchPicture } = pictures;
  const patience = settings.MEDLEY_DEADLINE;
  const building = { index, writer, models, encoders, encodings, behaviour, windows, dataFolder, fetchPicture };
  const catalogues = indexing({ ...building, patience, log });
  const readLog = queryLog({ windows, behaviour });
  const door = onlyToIndex ? undefined : await openIndexDoor({ dataFolder, indexing: catalogues, models, readLog });
  if (!onlyToIndex) resume(catalogues, log);
  const sweeping = sweepOften(windows, log);
  const measuring = measureIndex(index);
  const searching = { index, windows, encoders, behaviour, policy: files.policy };
  return {
    schema: retrievalSubgraph({ ...searching, secret, writes, ...telling(log) }),
    index,
    indexing: catalogues,
    windows,
    evidence,
    pictures: kept,
    readLog,
    ready: () => index.head() !== undefined,
    serveInternally: (app: FastifyInstance) => {
      servePort(app, { name: 'evidence', port: evidence, methods: EVIDENCE_METHODS });
      servePort(app, { name: 'pictures', port: kept, methods: ['get'] });
    },
    close: async () => {
      clearInterval(sweeping);
      measuring.stop();
      await files.close();
      await door?.close();
      await writer.close();
      await index.close();
      await Promise.all([encodings.close(), windows.close(), pictures.close(), encoders.close()]);
      if (!shared) await models.register.close();
    },
  };
}

/** The query log: on a server, or embedded in the data folder. */
function openWindows(settings: Settings, dataFolder: string): Promise<WindowStore> {
  const { MEDLEY_DATABASE_URL: url, MEDLEY_CURSOR_TTL: cursorTtl, MEDLEY_QUERY_LOG_RETENTION: retention } = settings;
  const place = url ? { url } : { folder: join(dataFolder, 'database', 'retrieval') };
  return openSqlWindowStore(openDatabase(place), { cursorTtl, retention });
}

interface IndexPlace {
  readonly dataFolder: string;
  readonly log: Logger;
  readonly patience: number;
}

/** The index that the settings name: embedded in the data folder, or in a cluster of Elasticsearch. */
async function openIndex(
  { elasticsearch, residentBytes }: RetrievalConfig,
  { dataFolder, log, patience }: IndexPlace,
): Promise<{ readonly index: ItemIndex; readonly writer: IndexWriter }> {
  if (!elasticsearch) return openLanceIndex(join(dataFolder, 'index'), { residentBytes, log });
  // What encoders made lies in the data folder still, and has one writer.
  const lock = await lockFolder(join(dataFolder, 'index'));
  try {
    const { index, writer } = await openElasticsearchIndex({ ...elasticsearch, patience, log });
    const close = () => writer.close().finally(() => lock.release());
    return { index, writer: { ...writer, close } };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** retrieval as a process of its own, with the others in theirs. */
async function openAlone(settings: ProgramSettings): Promise<Program> {
  const neighbours = openNeighbours(readSettings(settings.env), settings.secret);
  const { behaviour, uploads } = neighbours;
  const program = await openRetrieval({ ...settings, behaviour, uploads });
  return {
    ...program,
    close: async () => {
      await program.close();
      await neighbours.close();
    },
  };
}

function unknownUpload(): Promise<never> {
  return Promise.reject(
    new MedleyError('UNKNOWN_IMAGE', 'Uploaded pictures are not known here. Name the picture by its URL.'),
  );
}

/** What searches go on without is said to whoever runs this. */
function telling(log: Logger): Pick<SearchPorts, 'onNotKept'> {
  return {
    onNotKept: (err) => {
      log.warn({ err }, 'a search result could not be kept, so it has no further pages');
    },
  };
}

/** How often the query log is swept, milliseconds: what an embedded database deletes at once, all questions wait for. */
const SWEPT = 5 * 60_000;

/** Forgets what the query log may no longer keep. */
function sweepOften(windows: WindowStore, log: Logger): NodeJS.Timeout {
  const sweep = () =>
    windows.sweep().catch((error: unknown) => {
      log.warn({ err: error }, 'old entries of the query log could not be removed');
    });
  return setInterval(() => void sweep(), SWEPT).unref();
}

interface UsedModels {
  readonly models: Models;
  readonly encoders: GenerationEncoders;
  /** Whether only this process writes the index: then models that a killed build has registered can be dropped. */
  readonly alone: boolean;
  readonly log: Logger;
}

/**
 * Loads the models that the index was made with, and has queries encoded with them. Errors: DATA_FOLDER_UNUSABLE; SPACE_MISMATCH where they are not to be
 * found; ModelFolderError where a setting names a folder that is none.
 */
async function useModelsOf(index: ServingIndex, { models, encoders, alone, log }: UsedModels): Promise<void> {
  if (!index.head()) return;
  // A start that fails is seen; one that cannot answer a search would not be.
  const { head } = index.serving();
  const serving = placesOf(await encoders.models(head));
  const next = placesOf(await models.chosen()).map(({ space }) => space);
  if (serving.some(({ space }) => !next.includes(space)))
    log.warn(
      { serving: serving.map(({ space }) => space), next },
      'the next index will be made with other models than those in use',
    );
  await models.register.update(({ inUse, before, change }) => ({
    inUse: alone && !change ? serving : unitedPlaces(serving, inUse),
    before,
    change,
  }));
  await (await encoders.of(head)).close();
}

function resume(catalogues: Indexing, log: Logger): void {
  catalogues.resume().catch((error: unknown) => {
    log.warn({ err: error }, 'an interrupted change of models could not be continued');
  });
}

if (import.meta.main) await runSubgraph('retrieval', openAlone, [retrievalConfig]);
