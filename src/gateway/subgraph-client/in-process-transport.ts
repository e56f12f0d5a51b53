import { execute, parse } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { subgraphError } from '../../runtime/graphql-errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import { withinDeadline } from '../../runtime/within-deadline.ts';
import type { SubgraphResponse, Transport } from './transport.ts';

/** Calls a subgraph's schema in this process. Operations come from the planner, so they are parsed once and never validated. */
export function inProcessTransport(schema: GraphQLSchema, log: Logger): Transport {
  const documents = new LRUCache<string, DocumentNode>({ max: 1000 });
  const documentOf = (query: string) => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    documents.set(query, document);
    return document;
  };
  return {
    inProcess: true,
    send: ({ query, variables, operationName }, deadline) =>
      withinDeadline(deadline, async (): Promise<SubgraphResponse> => {
        const result = await execute({
          schema,
          document: documentOf(query),
          variableValues: variables,
          operationName,
          contextValue: {},
        });
        return {
          data: result.data ?? null,
          ...(result.errors && { errors: result.errors.map((error) => subgraphError(error, log)) }),
        };
      }),
    close: () => Promise.resolve(),
  };
}
