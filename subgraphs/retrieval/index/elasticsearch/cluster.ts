import { readFileSync } from 'node:fs';
import { Client } from '@elastic/elasticsearch';
import type { ClientOptions } from '@elastic/elasticsearch';
import { ConsecutiveBreaker, ExponentialBackoff, circuitBreaker, handleWhen, retry } from 'cockatiel';
import { currentDeadline } from '../../../../src/runtime/current-deadline.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Logger } from '../../../../src/runtime/logger.ts';
import { inTrace, traceHeaders } from '../../../../src/runtime/tracing.ts';
import { remaining } from '../../../../src/vocabulary/deadline.ts';
import { hurried, isOutage, mayPass, told, toldOfWrite } from './cluster-errors.ts';

export interface ClusterSettings {
  readonly nodes: readonly string[];
  readonly cloudId?: string;
  readonly apiKey?: string;
  readonly username?: string;
  readonly password?: string;
  /** A file with the certificate of who signed the nodes' certificates. */
  readonly caFile?: string;
  /** How long a search is waited for where nobody set a deadline, milliseconds. */
  readonly patience: number;
  readonly log?: Logger;
}

/** What every request is sent with. */
export interface Sending {
  readonly requestTimeout: number;
  readonly maxRetries: number;
  /** How many seconds are waited for before all nodes are tried once more. */
  readonly retryBackoff?: () => number;
  readonly signal: AbortSignal;
  /** The trace of the request goes on in the cluster, whose logs tell its id; what we ask for ourselves is not traced. */
  readonly headers: Readonly<Record<string, string>>;
  readonly openTelemetry: { readonly enabled: boolean };
}

/** Once, or again and again. */
export type Manner = 'ask' | 'persist';

export type Request<T> = (client: Client, sending: Sending) => Promise<T>;

/** After so many failures in a row the cluster is left alone for so many milliseconds, and searches fail at once. */
const FAILURES = 5;
const REST = 2000;
/** Who has less than this part of the usual time left and gets no answer within it, does not count. */
const ENOUGH = 0.5;
/** How long one request of a write is waited for, and how long a write is repeated, milliseconds. */
const WRITE = 60_000;
const PERSISTENCE = 180_000;

/** The one place that talks to Elasticsearch: deadlines, retries, and errors that name no host. */
export class Cluster {
  readonly #client: Client;
  readonly #patience: number;
  readonly #closed = new AbortController();
  readonly #breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: REST,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  readonly #repeating = retry(
    handleWhen((error) => mayPass(error, currentDeadline() !== undefined)),
    { maxAttempts: 30, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 5000 }) },
  );

  constructor(settings: ClusterSettings) {
    this.#client = new Client(clientOptions(settings));
    this.#patience = settings.patience;
    this.#breaker.onBreak(() =>
      settings.log?.warn('Elasticsearch cannot be reached; searches fail at once for a while'),
    );
    this.#breaker.onReset(() => settings.log?.info('Elasticsearch is there again'));
  }

  /** How long the caller will still wait, milliseconds. */
  budget(): number {
    const deadline = currentDeadline();
    return deadline ? Math.min(this.#patience, remaining(deadline)) : this.#patience;
  }

  /** A search: once, and again at another node where one is gone. Errors: RETRIEVAL_UNAVAILABLE, DEADLINE_EXCEEDED. */
  async ask<T>(request: Request<T>): Promise<T> {
    const time = this.budget();
    if (time <= 0) throw new MedleyError('DEADLINE_EXCEEDED', 'There was no time left to ask the search index.');
    const signal = AbortSignal.any([AbortSignal.timeout(time), this.#closed.signal]);
    const sending = { requestTimeout: time, maxRetries: 2, retryBackoff: () => 0, signal, ...trace() };
    const answer = () => request(this.#client, sending);
    const fair = time >= this.#patience * ENOUGH;
    return this.#breaker.execute(() => (fair ? answer() : answer().catch(hurried))).catch(told);
  }

  /** A write that may be repeated: until it is taken, while a node is away or has too much to do. Errors: RETRIEVAL_UNAVAILABLE, READ_ONLY. */
  async persist<T>(request: Request<T>): Promise<T> {
    const deadline = currentDeadline();
    const time = deadline ? remaining(deadline) : PERSISTENCE;
    const signal = AbortSignal.any([AbortSignal.timeout(time), this.#closed.signal]);
    const sending = { requestTimeout: Math.min(time, WRITE), maxRetries: 0, signal, ...trace() };
    return this.#repeating
      .execute(() => request(this.#client, sending), signal)
      .catch((error: unknown) => toldOfWrite(error, deadline !== undefined));
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#client.close();
  }
}

function trace(): Pick<Sending, 'headers' | 'openTelemetry'> {
  return { headers: traceHeaders(), openTelemetry: { enabled: inTrace() } };
}

/** What went wrong is told without what was sent: headers hold the key. */
function clientOptions({ nodes, cloudId, caFile, ...settings }: ClusterSettings): ClientOptions {
  const { apiKey, username, password } = settings;
  const auth =
    apiKey !== undefined ? { apiKey } : username !== undefined ? { username, password: password ?? '' } : undefined;
  return {
    ...(cloudId === undefined ? { nodes: [...nodes] } : { cloud: { id: cloudId } }),
    ...(auth && { auth }),
    ...(caFile !== undefined && { tls: { ca: readFileSync(caFile) } }),
    redaction: { type: 'remove' },
  };
}
