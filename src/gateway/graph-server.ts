import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from '../runtime/logger.ts';
import type { GuardedFields } from './access/guarded-fields.ts';
import { requiredScopes } from './access/required-scopes.ts';
import { statusPlugin } from './answer-status.ts';
import type { Readers } from './answer-status.ts';
import { clientError } from './client-errors.ts';
import { graphMetrics } from './graph-metrics.ts';
import { graphSpans } from './graph-spans.ts';
import { served } from './loaded-gateway.ts';
import type { LoadedGateway } from './loaded-gateway.ts';
import { finiteNumbers, operationLimits, plainIntrospection } from './operation-limits.ts';
import type { RequestContext } from './request-context.ts';

export interface GraphServerSettings {
  readonly readers: Readers;
  /** The scopes that fields need. */
  readonly needed: GuardedFields['needed'];
  readonly log: Logger;
}

/** The most words, braces and punctuation of one operation: a page of GraphQL is some 500. */
const MAX_TOKENS = 4000;

/** What answers operations by a gateway. Its plugins are the life of a request, in order. Starting and stopping are the caller's. */
export function graphServer(
  gateway: LoadedGateway,
  { readers, needed, log }: GraphServerSettings,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway: served(gateway),
    logger: quiet(log),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: (formatted, error) => clientError(formatted, error, log),
    validationRules: [finiteNumbers, plainIntrospection],
    plugins: [
      graphMetrics(),
      graphSpans(),
      operationLimits(),
      requiredScopes(needed),
      statusPlugin(readers),
      // Its page is loaded from its makers.
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** A log for Apollo's parts, a level lower. */
export function quiet(log: Logger) {
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
