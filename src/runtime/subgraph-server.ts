import { execute, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import { subgraphError } from './graphql-errors.ts';
import type { Logger } from './logger.ts';

interface Body {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** Serves one subgraph to its gateway at POST /graphql, with /health/live and /health/ready. Listening is the caller's. */
export function createSubgraphServer(
  schema: GraphQLSchema,
  { log, ready }: { readonly log: Logger; readonly ready: () => boolean },
): FastifyInstance {
  const documents = new LRUCache<string, DocumentNode>({ max: 1000 });
  const app = fastify({ bodyLimit: 20_000_000, forceCloseConnections: 'idle', logger: false });
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', (_, reply) =>
    reply.code(ready() ? 200 : 503).send({ status: ready() ? 'ready' : 'not ready' }),
  );
  app.post<{ Body: Body }>('/graphql', async ({ body }) => {
    const document = documents.get(body.query) ?? parse(body.query, { noLocation: true });
    documents.set(body.query, document);
    const { data, errors } = await execute({
      schema,
      document,
      variableValues: body.variables,
      operationName: body.operationName,
      contextValue: {},
    });
    return { data: data ?? null, ...(errors && { errors: errors.map((error) => subgraphError(error, log)) }) };
  });
  return app;
}
