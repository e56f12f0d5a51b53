import { errors } from '@elastic/elasticsearch';
import { BrokenCircuitError, TaskCancelledError } from 'cockatiel';
import { MedleyError } from '../../../../src/runtime/errors.ts';

const BUSY = new Set([429, 502, 503, 504]);

/** Some of a bulk was not taken, because the cluster has too much to do. */
export class NotTaken extends Error {
  constructor(count: number) {
    super(`${count} changes were not taken yet`);
    this.name = 'NotTaken';
  }
}

/** What may pass by itself: no node, no time, too much to do. */
export function isOutage(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return BUSY.has(error.statusCode ?? 0);
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.RequestAbortedError ||
    error instanceof errors.NoLivingConnectionsError ||
    error instanceof NotTaken
  );
}

/** The type of what Elasticsearch refused, such as `index_not_found_exception`. */
export function refusal(error: unknown): string | undefined {
  const body: unknown = error instanceof errors.ResponseError ? error.body : undefined;
  const type = (body as { readonly error?: { readonly type?: unknown } } | undefined)?.error?.type;
  return typeof type === 'string' ? type : undefined;
}

/** Throws an error again in words of the error book where there are any. Clients see none of what Elasticsearch said, the log does. */
export function told(error: unknown): never {
  if (error instanceof errors.TimeoutError || error instanceof errors.RequestAbortedError)
    throw new MedleyError('DEADLINE_EXCEEDED', 'the search index did not answer in time', { cause: error });
  const down = error instanceof BrokenCircuitError || error instanceof TaskCancelledError;
  if (down || isOutage(error))
    throw new MedleyError('RETRIEVAL_UNAVAILABLE', 'The search index cannot be reached; nothing was lost, try again.', {
      cause: error,
    });
  throw error;
}
