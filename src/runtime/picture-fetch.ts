import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { MedleyError } from './errors.ts';
import { isPublicAddress } from './public-address.ts';

/**
 * The bytes at a URL. Whether they are a picture shows when they are decoded.
 *
 * @throws MedleyError IMAGE_UNREACHABLE or IMAGE_TOO_LARGE
 */
export type PictureFetch = (url: string) => Promise<Uint8Array>;

export interface PictureFetchOptions {
  readonly maxBytes: number;
  /** Milliseconds for everything: names, redirects and bytes. */
  readonly timeout: number;
  /** Whom to ask: hosts of the public internet, of private networks too, or nobody. */
  readonly reach: 'public' | 'any' | 'none';
}

export interface PictureFetcher {
  readonly fetch: PictureFetch;
  /** What is still under way is broken off. */
  close(): Promise<void>;
}

const REDIRECTS = 3;

/**
 * Fetches pictures for strangers, so it goes only where a stranger could go: http and https, public addresses, each
 * checked after the name is resolved and for the very connection that is made, and again on every redirect.
 */
export function pictureFetcher({ maxBytes, timeout, reach }: PictureFetchOptions): PictureFetcher {
  const agent = new Agent({
    connect: { timeout, ...(reach === 'any' ? {} : { lookup: lookupPublic }) },
    maxResponseSize: maxBytes,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });

  async function fetch(url: string): Promise<Uint8Array> {
    const signal = AbortSignal.timeout(timeout);
    let target = checkUrl(url, reach);
    try {
      for (let hop = 0; hop <= REDIRECTS; hop++) {
        const answer = await request(target, { dispatcher: agent, signal, headers: { accept: 'image/*' } });
        const next = redirectOf(answer, target);
        if (!next) return await readPicture(answer, maxBytes);
        await answer.body.dump();
        target = checkUrl(next, reach);
      }
    } catch (error) {
      throw error instanceof MedleyError ? error : fromNetwork(error, maxBytes);
    }
    throw unreachable(`it redirects more than ${REDIRECTS} times`);
  }

  return { fetch, close: () => agent.destroy() };
}

function checkUrl(text: string, reach: PictureFetchOptions['reach']): URL {
  if (reach === 'none') throw unreachable('this service fetches no pictures by URL; upload the picture instead');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw unreachable('expected an absolute http or https URL');
  if (url.username !== '' || url.password !== '')
    throw unreachable('URLs with a user name or a password are not fetched');
  // An address that is written out is connected to without a look-up, so it is checked here.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (reach !== 'any' && isIP(host) !== 0 && !isPublicAddress(host)) throw notAllowed();
  return url;
}

/** Resolves a name and refuses it when any of its addresses is not public. */
const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) done(error, []);
    else if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
      done(notAllowed(), []);
    else if (options.all) done(null, addresses);
    else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
};

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL): string | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string') return undefined;
  return URL.canParse(location, from) ? new URL(location, from).href : location;
}

async function readPicture(
  { statusCode, body, headers }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Uint8Array> {
  if (statusCode !== 200) {
    await body.dump();
    throw unreachable(`the address answered ${statusCode}`);
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    body.destroy();
    throw tooLarge(maxBytes);
  }
  return new Uint8Array(await body.arrayBuffer());
}

function fromNetwork(error: unknown, maxBytes: number): MedleyError {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return tooLarge(maxBytes);
  if (name === 'TimeoutError' || String(code).endsWith('TIMEOUT')) return unreachable('the answer took too long');
  return unreachable('there was no usable answer', error);
}

function notAllowed(): MedleyError {
  return unreachable('the address is not allowed');
}

function tooLarge(maxBytes: number): MedleyError {
  return new MedleyError(
    'IMAGE_TOO_LARGE',
    `The picture at the URL has more than ${maxBytes / 1e6} MB. Send a smaller one.`,
  );
}

function unreachable(reason: string, cause?: unknown): MedleyError {
  return new MedleyError('IMAGE_UNREACHABLE', `The picture at the URL could not be fetched: ${reason}.`, { cause });
}
