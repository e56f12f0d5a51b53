import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { ModelFolderError } from '../../src/inference/model-folder-error.ts';
import type { ModelPlace } from '../../src/inference/releases/model-place.ts';
import type { Models } from '../../src/inference/releases/models.ts';
import { MedleyError, toRejection } from '../../src/runtime/errors.ts';
import type { Rejection } from '../../src/runtime/errors.ts';
import { isSecret } from '../../src/vocabulary/is-secret.ts';
import type { ReportedProblem } from './catalogue/encoding/reported-problem.ts';
import type { IndexingWatch } from './catalogue/indexing-watch.ts';
import type { Catalogue } from './catalogue/reading/catalogue-file.ts';
import type { TrainingName } from './catalogue/training/trainings.ts';
import { HandedRecipes } from './handed-recipes.ts';
import type { HandedRecipe, RecipeOutcome } from './handed-recipes.ts';
import type { Indexing } from './indexing.ts';
import { serveLog } from './query-log/log-door.ts';
import type { QueryLog } from './query-log/read-log.ts';

/** What `medley index` asks of the process that has the data folder open. Paths are absolute. */
export interface IndexOrder {
  readonly catalogue: Catalogue;
  readonly spaces: EncoderSpaces;
}

/** What `medley models use` asks of it. */
export interface ModelsOrder {
  readonly models: readonly ModelPlace[];
}

/** What `medley train-...` asks of it. */
export interface TrainOrder {
  readonly training: TrainingName;
  readonly catalogue: Catalogue;
}

/** The spaces of the models that whoever asks expects to be used; absent where any are welcome. */
export interface EncoderSpaces {
  readonly text?: string;
  readonly picture?: string;
}

/** What comes back, a line of JSON each; the last one is a report or an error. No report: there was nothing to do. */
export type IndexNews<Report = unknown> =
  | { readonly progress: { readonly phase: string; readonly done: number; readonly total: number } }
  | { readonly problem: ReportedProblem }
  | { readonly recipe: HandedRecipe }
  | { readonly report: Report }
  | { readonly error: Rejection };

/** Where the door is, and the token that opens it; in a file that only the owner of the data folder can read. */
export interface IndexDoorSign {
  readonly url: string;
  readonly token: string;
}

export const DOOR_SIGN = 'index-door.json';
const LARGEST_ORDER = 1_000_000;

export interface IndexDoorPorts {
  readonly dataFolder: string;
  readonly indexing: Indexing;
  readonly models: Models;
  readonly readLog: QueryLog;
}

/**
 * Lets `medley index`, `medley train-...`, `medley models use`, `medley judgments` and `medley inspect searches` work while this process
 * has the data folder open: on loopback, on a port of its own, for whoever can read the data folder. Whoever hangs up interrupts all of
 * that but a change of models.
 */
export async function openIndexDoor(ports: IndexDoorPorts): Promise<{ close(): Promise<void> }> {
  const token = randomBytes(32).toString('base64url');
  const app = fastify({ bodyLimit: LARGEST_ORDER, forceCloseConnections: true, logger: false });
  app.addHook('onRequest', async (asked, reply) => {
    if (!isSecret(String(asked.headers.authorization), `Bearer ${token}`)) await reply.code(404).send();
  });
  const { indexing } = ports;
  tellNews<IndexOrder>(app, {
    path: '/index',
    work: async ({ catalogue, spaces }, watch) => {
      await checkSpaces(spaces, ports.models);
      return indexing.run(catalogue, watch);
    },
  });
  tellNews<ModelsOrder>(app, { path: '/models', work: ({ models }, watch) => indexing.use(models, watch) });
  serveTrainings(app, ports);
  serveLog(app, ports.readLog);
  app.post('/rollback', async (_, reply) => reply.send(await rolledBack(ports)));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const sign: IndexDoorSign = { url: app.listeningOrigin, token };
  const file = join(ports.dataFolder, DOOR_SIGN);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(sign), { mode: 0o600 });
  return {
    close: async () => {
      await rm(file, { force: true });
      await indexing.close();
      await app.close();
    },
  };
}

/** What comes of a rollback: the id of the generation that serves then. */
export type RollbackNews = { readonly generation: string } | { readonly error: Rejection };

async function rolledBack({ indexing }: IndexDoorPorts): Promise<RollbackNews> {
  try {
    return { generation: await indexing.rollback() };
  } catch (error) {
    return { error: rejectionOf(error, 'the generation before could not be served') };
  }
}

/** The recipe itself is handed to whoever asks, and `/recipe-ended` hears how it went. */
function serveTrainings(app: FastifyInstance, { indexing }: IndexDoorPorts): void {
  const recipes = new HandedRecipes();
  tellNews<TrainOrder>(app, {
    path: '/train',
    work: ({ training, catalogue }, { tell, ...watch }) =>
      indexing.train(training, catalogue, {
        ...watch,
        train: (input, into, signal) => {
          const handOut = (recipe: HandedRecipe): void => {
            tell({ recipe });
          };
          return recipes.hand({ input, into }, { tell: handOut, signal });
        },
      }),
  });
  app.post('/recipe-ended', async (asked, reply) => {
    recipes.ended(asked.body as RecipeOutcome);
    return reply.code(204).send();
  });
}

interface ToldWork<Order> {
  readonly path: string;
  readonly work: (order: Order, watch: IndexingWatch & Telling) => Promise<unknown>;
}

interface Telling {
  readonly tell: (line: IndexNews) => void;
}

/** Does a work that is asked for at a path, and tells of it line by line until it is done. */
function tellNews<Order>(app: FastifyInstance, { path, work }: ToldWork<Order>): void {
  app.post(path, async (asked, reply) => {
    const news = new PassThrough();
    const hungUp = new AbortController();
    reply.raw.on('close', () => {
      hungUp.abort(new Error('whoever asked for it has hung up'));
    });
    const tell = (line: IndexNews): void => void news.write(`${JSON.stringify(line)}\n`);
    const watch: IndexingWatch & Telling = {
      tell,
      signal: hungUp.signal,
      onProgress: (progress) => {
        tell({ progress });
      },
      onProblem: (problem) => {
        tell({ problem });
      },
    };
    void work(asked.body as Order, watch)
      .then(
        (report) => {
          tell({ report: report ?? null });
        },
        (error: unknown) => {
          tell({ error: rejectionOf(error, 'what was asked at the door could not be done') });
        },
      )
      .finally(() => news.end());
    return reply.type('application/x-ndjson').send(news);
  });
}

/** Who asks has the data folder and may know of the folders of models, too. */
function rejectionOf(error: unknown, failed: string): Rejection {
  return error instanceof ModelFolderError ? { code: error.code, message: error.message } : toRejection(error, failed);
}

async function checkSpaces({ text, picture }: EncoderSpaces, models: Models): Promise<void> {
  const own = await models.chosen();
  if ((text ?? own.text.space) === own.text.space && (picture ?? own.picture.space) === own.picture.space) return;
  throw new MedleyError(
    'SPACE_MISMATCH',
    `The running server encodes with ${own.text.space} and ${own.picture.space}, the settings here name ${[text, picture].filter((space) => space !== undefined).join(' and ')}. Index with the same models, or change those of the server first (npm run medley -- models use).`,
  );
}
