import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fastify } from 'fastify';
import { MedleyError, toRejection } from '../../src/runtime/errors.ts';
import type { Rejection } from '../../src/runtime/errors.ts';
import type { Logger } from '../../src/runtime/logger.ts';
import type { BuildReport, ReportedProblem } from './catalogue/build-report.ts';
import type { Catalogue } from './catalogue/catalogue-file.ts';
import type { Indexing } from './indexing.ts';

/** What `medley index` asks of the process that has the data folder open. Paths are absolute. */
export interface IndexOrder {
  readonly catalogue: Catalogue;
  readonly spaces: EncoderSpaces;
}

/** The spaces of the encoders that whoever asks expects to be used. */
export interface EncoderSpaces {
  readonly text: string;
  readonly image: string;
}

/** What comes back, a line of JSON each; the last one is a report or an error. */
export type IndexNews =
  | { readonly progress: { readonly phase: string; readonly done: number; readonly total: number } }
  | { readonly problem: ReportedProblem }
  | { readonly report: BuildReport }
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
  readonly spaces: EncoderSpaces;
  readonly log: Logger;
}

/**
 * Lets `medley index` build while this process has the data folder open: on loopback, on a port of its own, for whoever can
 * read the data folder. Whoever hangs up interrupts the build.
 */
export async function openIndexDoor(ports: IndexDoorPorts): Promise<{ close(): Promise<void> }> {
  const token = randomBytes(32).toString('base64url');
  const app = fastify({ bodyLimit: LARGEST_ORDER, forceCloseConnections: true, logger: false });
  app.post<{ Body: IndexOrder }>('/index', async (asked, reply) => {
    if (!same(asked.headers.authorization, `Bearer ${token}`)) return reply.code(404).send();
    const news = new PassThrough();
    const hungUp = new AbortController();
    reply.raw.on('close', () => {
      hungUp.abort(new Error('whoever asked for the index has hung up'));
    });
    void follow(asked.body, { ...ports, signal: hungUp.signal }, (line) => news.write(`${JSON.stringify(line)}\n`))
      .catch(() => undefined)
      .finally(() => news.end());
    return reply.type('application/x-ndjson').send(news);
  });
  app.post('/rollback', async (asked, reply) => {
    if (!same(asked.headers.authorization, `Bearer ${token}`)) return reply.code(404).send();
    return reply.send(await rolledBack(ports));
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const sign: IndexDoorSign = { url: app.listeningOrigin, token };
  const file = join(ports.dataFolder, DOOR_SIGN);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(sign), { mode: 0o600 });
  return {
    close: async () => {
      await rm(file, { force: true });
      await ports.indexing.close();
      await app.close();
    },
  };
}

/** What comes of a rollback: the id of the generation that serves then. */
export type RollbackNews = { readonly generation: string } | { readonly error: Rejection };

async function rolledBack({ indexing, log }: IndexDoorPorts): Promise<RollbackNews> {
  try {
    return { generation: await indexing.rollback() };
  } catch (error) {
    if (!(error instanceof MedleyError)) log.error({ err: error }, 'the generation before could not be served');
    return { error: toRejection(error) };
  }
}

async function follow(
  { catalogue, spaces }: IndexOrder,
  { indexing, spaces: own, log, signal }: IndexDoorPorts & { readonly signal: AbortSignal },
  tell: (news: IndexNews) => void,
): Promise<void> {
  try {
    if (spaces.text !== own.text || spaces.image !== own.image)
      throw new MedleyError(
        'SPACE_MISMATCH',
        `The running server encodes with ${own.text} and ${own.image}, the settings here name ${spaces.text} and ${spaces.image}. Index with the same, or stop the server first.`,
      );
    const report = await indexing.run(catalogue, {
      signal,
      onProgress: (progress) => {
        tell({ progress });
      },
      onProblem: (problem) => {
        tell({ problem });
      },
    });
    tell({ report });
  } catch (error) {
    if (!(error instanceof MedleyError)) log.error({ err: error }, 'a catalogue could not be indexed');
    tell({ error: toRejection(error) });
  }
}

function same(came: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(String(came)), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
