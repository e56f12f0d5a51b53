import type { ApolloServerPlugin } from '@apollo/server';
import { Histogram } from 'prom-client';
import { countedCode } from '../runtime/graphql-errors.ts';
import { DURATIONS, METRICS } from '../runtime/metrics.ts';
import type { RequestContext } from './request-context.ts';

const requests = new Histogram({
  name: 'medley_request_seconds',
  help: 'GraphQL requests, by the name of the operation and by what came of them: OK, or the code of the first error',
  labelNames: ['operation', 'outcome'] as const,
  buckets: DURATIONS,
  registers: [METRICS],
});

/** So many names of operations are told apart; clients choose them, so there is no end to them. */
const MOST_NAMES = 100;

/** Measures every request from its arrival to its answer. */
export function graphMetrics(): ApolloServerPlugin<RequestContext> {
  const known = new Set<string>();
  const named = (name: string | null | undefined): string => {
    if (!name) return 'unnamed';
    if (known.size < MOST_NAMES && name.length <= 64) known.add(name);
    return known.has(name) ? name : 'other';
  };
  return {
    requestDidStart: () => {
      const stop = requests.startTimer();
      return Promise.resolve({
        willSendResponse: ({ operationName, response }) => {
          const [error] = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          stop({ operation: named(operationName), outcome: error ? countedCode(error.extensions?.['code']) : 'OK' });
          return Promise.resolve();
        },
      });
    },
  };
}
