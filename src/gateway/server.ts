import type { IncomingMessage } from 'node:http';
import fastifyStatic from '@fastify/static';
import type { ApolloServer } from '@apollo/server';
import { fastify } from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { drainOnClose } from '../runtime/drain.ts';
import { ERROR_BOOK, MedleyError } from '../runtime/errors.ts';
import type { Rejection } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { traceRequests } from '../runtime/request-spans.ts';
import { QuotaExceeded } from './access/access.ts';
import type { Access } from './access/access.ts';
import type { RequestContext } from './graph.ts';
import { serveGraphiql } from './graphiql.ts';
import { serveHealth } from './health.ts';
import type { Readiness } from './health.ts';
import { serveGraph } from './http.ts';
import { servePictures, serveUploads } from './pictures.ts';
import type { Uploads } from './pictures.ts';

export interface ServerSettings {
  readonly graph: ApolloServer<RequestContext>;
  readonly access: Access;
  readonly log: Logger;
  /** Milliseconds for a whole answer. */
  readonly deadline: number;
  readonly readiness: () => Readiness | Promise<Readiness>;
  readonly uploads?: Uploads;
  /** Where the pictures of a catalogue lie, by its name. */
  readonly pictureFolder: (catalogue: string) => string | undefined;
  /** Where the built storefront lies; absent on a bare gateway. */
  readonly storefront?: string;
}

/** The largest GraphQL body and the largest picture, bytes. */
const LARGEST = { graph: 1_000_000, picture: 20_000_000 } as const;

/** How long a body that is too large may go on coming, milliseconds. */
const LINGER = 1000;

/** The HTTP server of the gateway; listening and closing are the caller's. */
export async function createServer(settings: ServerSettings): Promise<FastifyInstance> {
  const { graph, access, log, deadline, readiness, uploads, pictureFolder, storefront } = settings;
  const app = fastify({ bodyLimit: LARGEST.graph, forceCloseConnections: 'idle', return503OnClosing: false });
  drainOnClose(app);
  traceRequests(app);
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(
    /^image\/|^application\/octet-stream/,
    { parseAs: 'buffer', bodyLimit: LARGEST.picture },
    (_, body, done) => {
      done(null, body);
    },
  );
  app.addHook('onSend', async (_, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin');
    return Promise.resolve();
  });
  app.setErrorHandler((error: FastifyError | MedleyError, request, reply) => {
    const { code, message } = told(error, request.url.startsWith('/images'));
    if (code === 'INTERNAL') log.error({ err: error }, 'a request failed');
    if (ERROR_BOOK[code].status === 413) hearOut(request.raw, reply);
    if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
    if (error instanceof QuotaExceeded) void reply.header('retry-after', error.retryAfter);
    return reply.code(ERROR_BOOK[code].status).send({ errors: [{ message, extensions: { code } }] });
  });
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({
      errors: [
        { message: 'There is nothing at this address. GraphQL is at /graphql.', extensions: { code: 'NOT_FOUND' } },
      ],
    }),
  );
  serveHealth(app, readiness);
  await serveGraphiql(app);
  serveGraph(app, graph, { access, deadline });
  if (uploads) serveUploads(app, uploads, access);
  servePictures(app, pictureFolder);
  if (storefront) await app.register(fastifyStatic, { root: storefront, prefix: '/' });
  return app;
}

/** Whoever still sends would not hear the answer if the connection was cut at once: a little more is taken in and dropped. */
function hearOut(coming: IncomingMessage, reply: FastifyReply): void {
  void reply.header('connection', 'keep-alive');
  setTimeout(() => {
    if (!coming.complete) coming.socket.destroy();
  }, LINGER).unref();
}

/** What a client is told of an error: Fastify's own speak of its parts, so they are said anew. */
function told(error: FastifyError | MedleyError, picture: boolean): Rejection {
  if (error instanceof MedleyError) return { code: error.code, message: error.message };
  if (error.statusCode === 413)
    return {
      code: picture ? 'IMAGE_TOO_LARGE' : 'REQUEST_TOO_LARGE',
      message: `The body is larger than ${String((picture ? LARGEST.picture : LARGEST.graph) / 1e6)} MB.`,
    };
  if (error.statusCode === 415)
    return {
      code: 'WRONG_CONTENT_TYPE',
      message: picture
        ? 'Send the bytes of the picture as the body, with a Content-Type of image/*; a form is not read.'
        : 'Send JSON, with a Content-Type of application/json.',
    };
  if (error.statusCode !== undefined && error.statusCode < 500)
    return { code: 'INVALID_INPUT', message: 'The body could not be read: it is not whole, or no JSON.' };
  return { code: 'INTERNAL', message: ERROR_BOOK.INTERNAL.meaning };
}
