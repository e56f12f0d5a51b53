import type { IncomingHttpHeaders } from 'node:http';
import cors from '@fastify/cors';
import fastifyStatic from '@fastify/static';
import type { FastifyCorsOptions } from '@fastify/cors';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { drainOnClose } from '../runtime/drain.ts';
import type { Logger } from '../runtime/logger.ts';
import { nameRequests, requestIdOf } from '../runtime/request-id.ts';
import { traceRequests } from '../runtime/request-spans.ts';
import type { Access } from './access/access.ts';
import type { Graph } from './graph.ts';
import { serveGraphiql } from './graphiql.ts';
import { serveHealth } from './health.ts';
import type { Readiness } from './health.ts';
import { serveGraph } from './http.ts';
import { LARGEST, tellBadAddress, tellBadRequest, tellErrors } from './http-errors.ts';
import type { KeptPictures } from './kept-pictures.ts';
import { serveKeptPictures, servePictures, serveUploads } from './pictures.ts';
import type { Uploads } from './pictures.ts';

export interface ServerSettings {
  readonly graph: Pick<Graph, 'forClients' | 'forRouters'>;
  readonly access: Access;
  readonly log: Logger;
  /** How long a whole answer may take, milliseconds. */
  readonly patience: number;
  /** Pages of these may ask from browsers, "*" for any; none but its own when absent. */
  readonly allowedOrigins?: readonly string[];
  readonly readiness: () => Readiness | Promise<Readiness>;
  readonly uploads?: Uploads;
  /** Where the pictures of a catalogue lie, by its name. */
  readonly pictureFolder: (catalogue: string) => string | undefined;
  /** The pictures that came with items as uploads. */
  readonly keptPictures: KeptPictures;
  /** Where the built storefront lies; absent on a bare gateway. */
  readonly storefront?: string;
}

/** How long a request may take to come whole, milliseconds; as long again after its answer was due a connection may stand still. */
const COMING = 30_000;

/** How long between two looks at what has not come whole yet, milliseconds: within it, who is late is told so. */
const LOOKED = 2500;

/** How long a browser may remember what is allowed, seconds. */
const REMEMBERED = 600;

/** No cookies: who asks is told by the API key, if by anything. */
function sharedWith(origins: readonly string[]): FastifyCorsOptions {
  return {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: REMEMBERED,
    strictPreflight: false,
  };
}

/** The HTTP server of the gateway; listening and closing are the caller's. */
export async function createServer(settings: ServerSettings): Promise<FastifyInstance> {
  const { graph, access, log, patience, readiness, uploads, pictureFolder, keptPictures, storefront } = settings;
  const { allowedOrigins } = settings;
  const app = fastify({
    bodyLimit: LARGEST.graph,
    requestTimeout: COMING,
    // Of a body Node minds the time only where a head has no more of it: one that drips in would come for as long as it likes.
    http: { requestTimeout: COMING, headersTimeout: COMING, connectionsCheckingInterval: LOOKED },
    connectionTimeout: patience + COMING,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
    frameworkErrors: tellBadAddress,
    clientErrorHandler: tellBadRequest,
  });
  drainOnClose(app);
  nameRequests(app);
  traceRequests(app);
  app.removeContentTypeParser('text/plain');
  app.addHook('onSend', async (_, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin');
    return Promise.resolve();
  });
  if (allowedOrigins) await app.register(cors, sharedWith(allowedOrigins));
  tellErrors(app, log);
  serveHealth(app, readiness);
  await serveGraphiql(app);
  serveGraph(app, { url: '/graphql', graph: graph.forClients, admit: (headers) => access.admit(headers), patience });
  const admit = (headers: IncomingHttpHeaders) => access.admit(headers, 'FOR_OTHERS');
  serveGraph(app, { url: '/subgraph', graph: graph.forRouters, admit, patience });
  if (uploads) await serveUploads(app, uploads, access);
  servePictures(app, pictureFolder);
  serveKeptPictures(app, keptPictures);
  if (storefront) await app.register(fastifyStatic, { root: storefront, prefix: '/' });
  return app;
}
