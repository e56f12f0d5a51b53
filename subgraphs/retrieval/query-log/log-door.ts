import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { toRejection } from '../../../src/runtime/errors.ts';
import type { Rejection } from '../../../src/runtime/errors.ts';
import type { LogOrder, LogPart, QueryLog } from './read-log.ts';

/** What comes back, a line of JSON each. Where the last one is neither the end nor an error, the process has ended. */
export type LogNews = LogPart | { readonly error: Rejection } | { readonly end: true };

export const LOG_PATH = '/query-log';

/**
 * Lets `medley judgments`, `medley inspect searches` and `medley inspect trial` read the log while this process has the data folder open; no faster than it is
 * taken.
 */
export function serveLog(app: FastifyInstance, readLog: QueryLog): void {
  app.post(LOG_PATH, (asked, reply) =>
    reply.type('application/x-ndjson').send(Readable.from(lines(readLog(asked.body as LogOrder)))),
  );
}

async function* lines(parts: AsyncIterable<LogPart>): AsyncGenerator<string> {
  const line = (news: LogNews) => `${JSON.stringify(news)}\n`;
  try {
    for await (const part of parts) yield line(part);
    yield line({ end: true });
  } catch (error) {
    yield line({ error: toRejection(error, 'the query log could not be read') });
  }
}
