import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import type { GraphQLDataSource } from '@apollo/gateway';
import { silenceTelemetry } from '../runtime/environment.ts';
import type { Logger } from '../runtime/logger.ts';
import { guardedFields } from './access/guarded-fields.ts';
import { requiredScopes } from './access/required-scopes.ts';
import { clientError, statusPlugin } from './client-errors.ts';
import { graphMetrics } from './graph-metrics.ts';
import { graphSpans } from './graph-spans.ts';
import { finiteNumbers, operationLimits, plainIntrospection } from './operation-limits.ts';
import type { RequestContext } from './request-context.ts';
import type { SubgraphName } from './subgraph-client/subgraph-client.ts';

export interface GraphSettings {
  /** As schema/ has it, with the scopes that fields require. */
  readonly supergraph: string;
  readonly clients: Readonly<Record<SubgraphName, GraphQLDataSource>>;
  readonly log: Logger;
}

/** The most words, braces and punctuation of one operation: a page of GraphQL is some 500. */
const MAX_TOKENS = 4000;

/** The federated graph, ready to be asked. Its plugins are the life of a request, in order. */
export async function openGraph({ supergraph, clients, log }: GraphSettings): Promise<ApolloServer<RequestContext>> {
  silenceTelemetry();
  const guarded = guardedFields(supergraph);
  const gateway = new ApolloGateway({
    supergraphSdl: guarded.supergraph,
    buildService: ({ name }) => clients[name as SubgraphName],
    logger: quiet(log),
  });
  const server = new ApolloServer<RequestContext>({
    gateway,
    logger: quiet(log),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: (formatted, error) => clientError(formatted, error, log),
    validationRules: [finiteNumbers, plainIntrospection],
    plugins: [graphMetrics(), graphSpans(), operationLimits(), requiredScopes(guarded.needed), statusPlugin()],
  });
  await server.start();
  return server;
}

function quiet(log: Logger) {
  const child = log.child({ part: 'gateway' });
  return {
    debug: (message?: string) => {
      child.trace(message);
    },
    info: (message?: string) => {
      child.debug(message);
    },
    warn: (message?: string) => {
      child.warn(message);
    },
    error: (message?: string) => {
      child.error(message);
    },
  };
}
