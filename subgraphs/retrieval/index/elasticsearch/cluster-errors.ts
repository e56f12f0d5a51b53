import { errors } from '@elastic/elasticsearch';
import { BrokenCircuitError, TaskCancelledError } from 'cockatiel';
import { LATE_WRITE, MedleyError } from '../../../../src/runtime/errors.ts';

/** What is told where it may go well soon. */
export const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Some of a bulk was not taken, because the cluster has too much to do. */
export class NotTaken extends Error {
  constructor(count: number) {
    super(`${count} changes were not taken yet`);
    this.name = 'NotTaken';
  }
}

/** Some shards did not answer, or not in time, and what they hold must not be taken for missing. */
export class NotWhole extends Error {
  constructor() {
    super('some shards did not answer');
    this.name = 'NotWhole';
  }
}

/** Whether some of the index did not answer, or not in time. What is empty may be left out. */
export function isPartial(answer: {
  readonly timed_out?: boolean;
  readonly _shards?: { readonly failed?: number };
}): boolean {
  return answer.timed_out === true || (answer._shards?.failed ?? 0) > 0;
}

/** Who asked had little time left, and it was over: that says nothing about the cluster. */
export class Hurried extends Error {
  constructor(cause: unknown) {
    super('there was too little time', { cause });
    this.name = 'Hurried';
  }
}

function isLate(error: unknown): boolean {
  return error instanceof errors.TimeoutError || error instanceof errors.RequestAbortedError;
}

/** Throws what came too late as the fault of who asked. */
export function hurried(error: unknown): never {
  throw isLate(error) ? new Hurried(error) : error;
}

/** What may pass by itself: no node, no time, too much to do. */
export function isOutage(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return BUSY.has(error.statusCode ?? 0);
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.RequestAbortedError ||
    error instanceof errors.NoLivingConnectionsError ||
    error instanceof NotTaken ||
    error instanceof NotWhole
  );
}

/** What Elasticsearch refused and why, without what was sent: that holds words of queries, and headers hold the key. */
export class Refused extends Error {
  readonly status: number;
  /** Such as `index_not_found_exception`. */
  readonly type: string;

  constructor({ statusCode = 0, body }: Pick<errors.ResponseError, 'statusCode' | 'body'>) {
    const { error } = (body ?? {}) as { readonly error?: { readonly type?: string; readonly reason?: string } };
    super(`Elasticsearch refused (${statusCode}): ${error?.type ?? 'no type'}, ${error?.reason ?? 'no reason'}`);
    this.name = 'Refused';
    this.status = statusCode;
    this.type = error?.type ?? '';
  }
}

/** The type of what Elasticsearch refused; undefined for other errors. */
export function refusal(error: unknown): string | undefined {
  return asRefused(error)?.type;
}

/**
 * Whether the cluster takes no writes just now: an administrator has set an index to read-only, or its disk has passed the flood-stage
 * watermark, which the cluster tells with the status of one that has too much to do.
 */
export function isBlocked(error: unknown): boolean {
  const refused = asRefused(error);
  return (
    refused !== undefined &&
    refused.type === 'cluster_block_exception' &&
    /write \(api\)|read-only/.test(refused.message)
  );
}

/** Whether a write may go well if it is repeated. Who waits for an answer need not wait for somebody to make room. */
export function mayPass(error: unknown, isWaitedFor: boolean): boolean {
  if (!isBlocked(error)) return isOutage(error);
  return !isWaitedFor && BUSY.has(asRefused(error)?.status ?? 0);
}

function asRefused(error: unknown): Refused | undefined {
  if (error instanceof errors.ResponseError) return new Refused(error);
  return error instanceof Refused ? error : undefined;
}

/** Rethrows an error of a write as one of the error book, as `told` does. */
export function toldOfWrite(error: unknown, isWaitedFor: boolean): never {
  if (isWaitedFor && isLate(error))
    throw new MedleyError(LATE_WRITE.code, LATE_WRITE.message, { cause: causeOf(error) });
  if (!isBlocked(error)) return told(error);
  const message =
    'The search index takes no writes: its disks are nearly full, or it was set to read-only. Make room, and lift the block if the ' +
    'cluster does not do so by itself; then try again. Searches are still answered.';
  throw new MedleyError('READ_ONLY', message, { cause: asRefused(error) });
}

/** Rethrows an error as one of the error book where there is one for it, and without what was sent. */
export function told(error: unknown): never {
  const cause = causeOf(error);
  if (error instanceof Hurried || isLate(error))
    throw new MedleyError('DEADLINE_EXCEEDED', 'The search index did not answer in time.', { cause });
  if (error instanceof BrokenCircuitError || error instanceof TaskCancelledError || isOutage(error))
    throw new MedleyError('RETRIEVAL_UNAVAILABLE', 'The search index cannot be reached. Nothing was lost; try again.', {
      cause,
    });
  if (error instanceof errors.ProductNotSupportedError)
    throw new MedleyError('INVALID_SETTING', 'The server at ELASTICSEARCH_URL is not Elasticsearch.');
  if (error instanceof errors.ResponseError) throw new Refused(error);
  if (error instanceof errors.ElasticsearchClientError) throw cause;
  throw error;
}

/** What was sent stays out of it. */
function causeOf(error: unknown): Error {
  return new Error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
