import { execute, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { fastify } from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import { deadlineIn } from '../vocabulary/deadline.ts';
import type { Deadline } from '../vocabulary/deadline.ts';
import { drainOnClose, isDraining } from './drain.ts';
import { subgraphError } from './graphql-errors.ts';
import type { Logger } from './logger.ts';
import { REMAINING_HEADER, admitPeers } from './peer-headers.ts';
import { nameRequests, requestIdOf } from './request-id.ts';
import { traceRequests } from './request-spans.ts';
import { DeadlineExceeded, withinDeadline } from './within-deadline.ts';

interface Body {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

export interface SubgraphServing {
  readonly log: Logger;
  /** Whoever calls has to know it. */
  readonly secret: string;
  readonly ready: () => boolean;
}

/** The largest request, bytes: thousands of items with their vectors fit. */
const LARGEST = 20_000_000;
/** For a caller that tells no deadline, milliseconds. */
const PATIENCE = 60_000;

/** Serves one subgraph to its gateway at POST /graphql, with /health/live and /health/ready. Listening is the caller's. */
export function createSubgraphServer(schema: GraphQLSchema, { log, secret, ready }: SubgraphServing): FastifyInstance {
  const documents = new LRUCache<string, DocumentNode>({ max: 1000 });
  const app = fastify({
    bodyLimit: LARGEST,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
  });
  drainOnClose(app);
  nameRequests(app);
  admitPeers(app, secret);
  traceRequests(app);
  app.setErrorHandler((error: FastifyError | DeadlineExceeded, _, reply) => {
    const status = error instanceof DeadlineExceeded ? 504 : (error.statusCode ?? 500);
    if (status === 500) log.error({ err: error }, 'a request failed');
    return reply.code(status).send();
  });
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', (_, reply) => {
    const takesCalls = ready() && !isDraining(app);
    return reply.code(takesCalls ? 200 : 503).send({ status: takesCalls ? 'ready' : 'not ready' });
  });
  app.post<{ Body: Body }>('/graphql', async ({ body, headers }) => {
    const document = documents.get(body.query) ?? parse(body.query, { noLocation: true });
    documents.set(body.query, document);
    const { data, errors } = await withinDeadline(deadlineOf(headers[REMAINING_HEADER]), async () =>
      execute({
        schema,
        document,
        variableValues: body.variables,
        operationName: body.operationName,
        contextValue: {},
      }),
    );
    return { data: data ?? null, ...(errors && { errors: errors.map((error) => subgraphError(error, log)) }) };
  });
  return app;
}

function deadlineOf(remaining: string | string[] | undefined): Deadline {
  const milliseconds = Number(remaining);
  return deadlineIn(Number.isFinite(milliseconds) ? milliseconds : PATIENCE);
}
