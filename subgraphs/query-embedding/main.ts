import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PICTURE_LIMITS } from '../../src/inference/picture-tensor.ts';
import { openModels } from '../../src/inference/releases/open-models.ts';
import type { Models } from '../../src/inference/releases/models.ts';
import { openDatabase } from '../../src/runtime/database.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import { servePort } from '../../src/runtime/internal-port.ts';
import type { ProgramSettings } from '../../src/runtime/run-alone.ts';
import { runSubgraph } from '../../src/runtime/run-subgraph.ts';
import type { Program } from '../../src/runtime/run-subgraph.ts';
import { queryEmbeddingConfig } from './config.ts';
import { pictureFetcher } from '../../src/runtime/picture-fetch.ts';
import { openFolderPictureStore } from './folder-picture-store.ts';
import type { PictureStore } from './picture-store.ts';
import { followModels } from './query-encoders.ts';
import { openSqlPictureStore } from './sql-picture-store.ts';
import { queryEmbeddingSubgraph } from './subgraph.ts';

/** query-embedding with its outsiders opened: models, uploaded pictures, the public internet for pictures by URL. */
export interface QueryEmbedding extends Program {
  readonly uploads: PictureStore;
}

export interface QueryEmbeddingSettings extends ProgramSettings {
  /** Shared with others of this process; opened from the settings when absent. */
  readonly models?: Models;
}

/** How long a picture by URL may take, milliseconds. */
const FETCH_TIMEOUT = 2000;

export async function openQueryEmbedding({
  env,
  dataFolder,
  log,
  models: shared,
}: QueryEmbeddingSettings): Promise<QueryEmbedding> {
  const config = queryEmbeddingConfig(env);
  const models = shared ?? (await openModels({ env, dataFolder, workers: config.workers }));
  const followed = await followModels({ models, cacheEntries: config.cacheEntries, log });
  const { MEDLEY_DATABASE_URL: url } = readSettings(env);
  const uploads = url
    ? await openSqlPictureStore(openDatabase({ url }), config.uploads)
    : await openFolderPictureStore({ folder: join(dataFolder, 'uploads'), ...config.uploads });
  const fetcher = pictureFetcher({ maxBytes: PICTURE_LIMITS.bytes, timeout: FETCH_TIMEOUT, reach: config.imageUrls });
  const schema = queryEmbeddingSubgraph({
    encoders: () => followed.encoders(),
    uploads,
    fetchPicture: fetcher.fetch,
    onLeftOut: (failure) => {
      log.error({ err: failure }, 'a part of a query was left out');
    },
  });
  const close = async () => {
    await Promise.all([fetcher.close(), uploads.close(), followed.close()]);
    if (!shared) await models.register.close();
  };
  const serveInternally = (app: FastifyInstance) => {
    servePort(app, { name: 'uploads', port: uploads, methods: ['put', 'get'] });
  };
  return { schema, uploads, serveInternally, close };
}

if (import.meta.main) await runSubgraph('query-embedding', openQueryEmbedding, [queryEmbeddingConfig]);
