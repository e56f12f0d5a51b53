import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { Histogram } from 'prom-client';
import type { Logger } from '../../runtime/logger.ts';
import { DURATIONS, METRICS } from '../../runtime/metrics.ts';
import { ERROR_BOOK, LATE_WRITE } from '../../runtime/errors.ts';
import type { ErrorCode, Rejection } from '../../runtime/errors.ts';
import { annotateError, traced } from '../../runtime/tracing.ts';
import { DeadlineExceeded } from '../../runtime/within-deadline.ts';
import { nearer } from '../../vocabulary/deadline.ts';
import type { Deadline } from '../../vocabulary/deadline.ts';
import { isWrite } from './transport.ts';
import type { SubgraphRequest, SubgraphResponse, Transport } from './transport.ts';

const calls = new Histogram({
  name: 'medley_subgraph_seconds',
  help: 'Calls of subgraphs, by whether they were answered',
  labelNames: ['subgraph', 'outcome'] as const,
  buckets: DURATIONS,
  registers: [METRICS],
});

export type SubgraphName = 'entry' | 'query-embedding' | 'user-profile' | 'retrieval';

export interface SubgraphClientSettings {
  readonly name: SubgraphName;
  readonly transport: Transport;
  readonly log: Logger;
  /**
   * The most that what a search can do without may take, milliseconds, and everything where the request has no deadline of its
   * own. What was asked for itself, such as a write, has the whole deadline: late is not lost.
   */
  readonly patience: number;
  readonly onFailure?: (name: SubgraphName) => void;
}

/** The field that an optional subgraph adds to an entity. When the subgraph is lost the field is null, and null means unreachable. */
const OPTIONAL_FIELD: Partial<Record<SubgraphName, string>> = {
  'query-embedding': 'encoding',
  'user-profile': 'viewer',
};

const UNAVAILABLE: Record<SubgraphName, ErrorCode> = {
  entry: 'INTERNAL',
  'query-embedding': 'QUERY_EMBEDDING_UNAVAILABLE',
  'user-profile': 'USER_PROFILE_UNAVAILABLE',
  retrieval: 'RETRIEVAL_UNAVAILABLE',
};

/** How many operations in a row a subgraph may fail before it is left alone for a while. */
const FAILURES = 5;
const REST = 2000;

/**
 * The seam to a subgraph: a transport with a deadline and a breaker. A lost optional subgraph answers null for its field and no
 * errors, since errors would reach the client with hidden paths; the reason goes to the log. A lost required one is an error of the book.
 * Where the asker has gone, no further subgraph is asked, but for writes.
 */
export function subgraphClient({
  name,
  transport,
  log,
  patience,
  onFailure,
}: SubgraphClientSettings): GraphQLDataSource {
  const guarded = isSpared(name, transport) ? sparing(transport) : transport.send.bind(transport);
  const ask = async (asked: SubgraphRequest, deadline: Deadline, operation: object): Promise<SubgraphResponse> => {
    const stop = calls.startTimer({ subgraph: name });
    try {
      const answer = await guarded(asked, deadline, operation);
      stop({ outcome: 'answered' });
      return answer;
    } catch (error) {
      stop({ outcome: 'lost' });
      annotateError(error instanceof DeadlineExceeded ? 'DEADLINE_EXCEEDED' : UNAVAILABLE[name]);
      log.warn(
        { subgraph: name, reason: error instanceof Error ? error.message : String(error) },
        'a subgraph could not be reached',
      );
      onFailure?.(name);
      return lost(name, asked, error);
    }
  };
  return {
    process({ request, context }: GraphQLDataSourceProcessOptions) {
      const asked: SubgraphRequest = {
        query: request.query ?? '',
        variables: request.variables ?? {},
        operationName: request.operationName,
      };
      const { deadline: whole, gone } = context as Asking;
      if (gone?.aborted && !isWrite(asked)) return Promise.resolve(dropped());
      const deadline = optionalField(name, asked) || !whole ? nearer(whole, patience) : whole;
      return traced('gateway.subgraph', { 'medley.subgraph': name }, () => ask(asked, deadline, context));
    },
  };
}

/** What the context of an operation says of who asks. */
interface Asking {
  readonly deadline?: Deadline;
  readonly gone?: AbortSignal;
}

/** Nobody reads this: who asked has gone. */
function dropped(): SubgraphResponse {
  return { data: null, errors: [{ message: ERROR_BOOK.INTERRUPTED.meaning, extensions: { code: 'INTERRUPTED' } }] };
}

/** What is in this process and cannot be done without is asked in any case: to leave it alone mends nothing, and would fail searches that are in time. */
function isSpared(name: SubgraphName, { inProcess }: Transport): boolean {
  return !inProcess || OPTIONAL_FIELD[name] !== undefined;
}

/**
 * Searches soon go on without what is late, and a write has time: what viewers did must not be refused because their profiles were late
 * for a while. So each kind is spared by failures of its own.
 */
function sparing(transport: Transport): ReturnType<typeof breakerOf> {
  const [searches, writes] = [breakerOf(transport), breakerOf(transport)];
  return (asked, deadline, operation) => (isWrite(asked) ? writes : searches)(asked, deadline, operation);
}

/**
 * Sends until too many operations in a row have failed. An operation counts once, however often it asks: one that brings more
 * than can be done in time must not close the subgraph to everybody else. Nor must writes that are late: a thousand items at once
 * take their time.
 */
function breakerOf(transport: Transport) {
  const failed = new WeakSet();
  const uncounted = new WeakSet<Error>();
  const counts = handleWhen((error) => !(error instanceof Error && uncounted.has(error)));
  const breaker = circuitBreaker(counts, { halfOpenAfter: REST, breaker: new ConsecutiveBreaker(FAILURES) });
  return (asked: SubgraphRequest, deadline: Deadline, operation: object): Promise<SubgraphResponse> =>
    breaker.execute(() =>
      transport.send(asked, deadline).catch((error: unknown) => {
        const reason = error instanceof Error ? error : new Error(String(error));
        // While the breaker tries whether the subgraph is back, what is not counted would be taken for a success.
        if ((failed.has(operation) || isLateWrite(asked, reason)) && breaker.state === CircuitState.Closed)
          uncounted.add(reason);
        failed.add(operation);
        throw reason;
      }),
    );
}

/** What was to be written may be written still. */
function isLateWrite(asked: SubgraphRequest, reason: unknown): boolean {
  return isWrite(asked) && reason instanceof DeadlineExceeded;
}

/** The field that is asked for and that the answer can do without, with the entities it is asked for. */
function optionalField(name: SubgraphName, { variables }: SubgraphRequest) {
  const field = OPTIONAL_FIELD[name];
  const entities: unknown = variables['representations'];
  return field && Array.isArray(entities) ? { field, entities } : undefined;
}

function lost(name: SubgraphName, asked: SubgraphRequest, reason: unknown): SubgraphResponse {
  const optional = optionalField(name, asked);
  if (optional) return { data: { _entities: optional.entities.map(() => ({ [optional.field]: null })) } };
  const { code, message } = isLateWrite(asked, reason) ? LATE_WRITE : away(name);
  return { data: null, errors: [{ message, extensions: { code } }] };
}

function away(name: SubgraphName): Rejection {
  return { code: UNAVAILABLE[name], message: 'A part of the service cannot be reached; nothing was lost, try again.' };
}
