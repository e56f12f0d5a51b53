import type { IncomingHttpHeaders } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { counted } from '../../runtime/counted.ts';
import { MedleyError } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import { hashOf, SCOPES } from './api-key.ts';
import type { ApiKey } from './api-key.ts';
import { readKeys } from './key-file.ts';
import { isOfThisMachine } from './same-machine.ts';

/** Who sent a request, and what they may do. */
export interface Caller {
  /** Of the key; undefined for somebody without one. */
  readonly name?: string;
  readonly scopes: ReadonlySet<string>;
}

/** What anybody may. */
export const PUBLIC: Caller = { scopes: new Set() };

export interface Access {
  /**
   * Who calls, by the header `Authorization: Bearer KEY`; the request counts against the quota of the key. As long as there are no keys,
   * whoever asks from this machine may do everything where nobody else can connect, and who asks for others (a router) what anybody may.
   *
   * @throws MedleyError UNAUTHENTICATED for a key that is not known; QuotaExceeded
   */
  admit(headers: IncomingHttpHeaders, asks?: 'FOR_ITSELF' | 'FOR_OTHERS'): Promise<Caller>;
}

/** A key asked more often than it may. */
export class QuotaExceeded extends MedleyError {
  /** Seconds until it may ask again. */
  readonly retryAfter: number;

  constructor({ name, requestsPerMinute = 0 }: ApiKey, retryAfter: number) {
    const when = `try again in ${counted(retryAfter, 'second')}`;
    super(
      'QUOTA_EXCEEDED',
      `The key "${name}" is limited to ${counted(requestsPerMinute, 'request')} per minute; ${when}.`,
    );
    this.retryAfter = retryAfter;
  }
}

export interface AccessSettings {
  /** Where the keys are; as long as there is no such file, there are none. */
  readonly file: string;
  /** Whether this machine may do everything while there is no file: where nobody else can connect. */
  readonly openWithoutKeys: boolean;
  readonly log: Logger;
}

/** How long a change of the file may go unnoticed, milliseconds. */
const FRESH_FOR = 1000;

const UNKNOWN_KEY =
  'The API key is unknown, or was withdrawn. Ask the operator for another key, or send none for what is public.';

/** Reads the keys now and again while it runs. Errors: INVALID_SETTING where the file is wrong at the start. */
export async function openAccess({ file, openWithoutKeys, log }: AccessSettings): Promise<Access> {
  let keys = byHash(await readKeys(file));
  let readAt = performance.now();
  const current = async () => {
    if (performance.now() - readAt < FRESH_FOR) return keys;
    readAt = performance.now();
    try {
      keys = byHash(await readKeys(file));
    } catch (error) {
      log.error({ err: error }, 'the file of API keys cannot be read; the keys read before stay in force');
    }
    return keys;
  };
  const quotas = new Quotas();
  return {
    admit: async (headers, asks = 'FOR_ITSELF') => {
      const known = await current();
      const sent = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (!known) return openWithoutKeys && asks === 'FOR_ITSELF' && isOfThisMachine(headers) ? EVERYTHING : PUBLIC;
      if (sent === undefined) return PUBLIC;
      const key = known.get(hashOf(sent));
      if (!key) throw new MedleyError('UNAUTHENTICATED', UNKNOWN_KEY);
      await quotas.count(key);
      return { name: key.name, scopes: new Set(key.scopes) };
    },
  };
}

const EVERYTHING: Caller = { scopes: new Set(Object.keys(SCOPES)) };

function byHash(keys: readonly ApiKey[] | undefined): ReadonlyMap<string, ApiKey> | undefined {
  return keys && new Map(keys.map((key) => [key.sha256, key]));
}

/** Requests of each key in the last minute, in this process. */
class Quotas {
  readonly #limiters = new Map<number, RateLimiterMemory>();

  /** @throws QuotaExceeded */
  async count(key: ApiKey): Promise<void> {
    if (key.requestsPerMinute === undefined) return;
    try {
      await this.#limiter(key.requestsPerMinute).consume(key.sha256);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new QuotaExceeded(key, Math.ceil(refused.msBeforeNext / 1000));
    }
  }

  #limiter(points: number): RateLimiterMemory {
    const limiter = this.#limiters.get(points) ?? new RateLimiterMemory({ points, duration: 60 });
    this.#limiters.set(points, limiter);
    return limiter;
  }
}
