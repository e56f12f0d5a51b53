import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { MedleyError } from '../runtime/errors.ts';
import { isErrorCode } from '../runtime/graphql-errors.ts';
import type { BySignal, Signal } from '../vocabulary/signal.ts';
import type { SignalWeight } from '../../subgraphs/retrieval/ranking/weights.ts';
import type { AskedSearch, FoundRanking, FrontDoor } from '../../subgraphs/retrieval/tuning/front-door.ts';

export interface OpenFrontDoor extends FrontDoor {
  close(): Promise<void>;
}

const SEARCH = `query Tune($input: SearchInput!, $first: Int!, $explained: Boolean!) {
  search(input: $input, first: $first) {
    edges { itemId score explanation @include(if: $explained) { boost signals { signal normalized } } }
    ranking { profile version weights { signal weight prior queryTilt viewerTilt } }
    degradations { code }
  }
}`;

interface Answer {
  readonly data?: { readonly search?: Connection | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

interface Connection {
  readonly edges: readonly {
    readonly itemId: string;
    readonly score: number;
    readonly explanation?: {
      readonly boost: number;
      readonly signals: readonly { readonly signal: Signal; readonly normalized: number }[];
    } | null;
  }[];
  readonly ranking: {
    readonly profile: string;
    readonly version: number;
    readonly weights: readonly SignalWeight[];
  };
  readonly degradations: readonly { readonly code: string }[];
}

/** So many times a server is asked that is only busy; milliseconds before it is asked again. */
const TRIES = 3;
const PAUSE = 500;
/** The server has a deadline of its own; this is for one that hangs, milliseconds. */
const SILENCE = 120_000;
const BUSY = new Set(['DEADLINE_EXCEEDED', 'RETRIEVAL_UNAVAILABLE', 'MEDLEY_UNAVAILABLE']);
/** An answer with one of these is not what the shop shows: weights that are tuned on it would be wrong. */
const SPOILED = new Set([
  'QUERY_EMBEDDING_UNREACHABLE',
  'SPACE_MISMATCH',
  'VECTOR_REFUSED',
  'WORDS_NOT_MENDED',
  'SYNONYMS_NOT_ENCODED',
  'INDEX_PARTIAL',
]);

/** A Medley's front door, over HTTP. @throws MedleyError INVALID_SETTING where the address is none */
export function openFrontDoor(url: string, signal?: AbortSignal): OpenFrontDoor {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new MedleyError(
      'INVALID_SETTING',
      `--url was "${url}"; expected an address such as http://127.0.0.1:4000/graphql.`,
    );
  const dispatcher = new Agent({ headersTimeout: SILENCE, bodyTimeout: SILENCE });
  const ask = async (asked: AskedSearch, tries = TRIES): Promise<FoundRanking> => {
    const found = await post(url, asked, { dispatcher, signal }).catch((error: unknown) => {
      if (tries > 1 && error instanceof MedleyError && BUSY.has(error.code) && !isRefused(error)) return undefined;
      throw error;
    });
    if (found) return found;
    await sleep(PAUSE * (TRIES - tries + 1), undefined, { signal });
    return ask(asked, tries - 1);
  };
  return { search: (asked) => ask(asked), close: () => dispatcher.destroy() };
}

interface Sending {
  readonly dispatcher: Agent;
  readonly signal?: AbortSignal;
}

async function post(url: string, asked: AskedSearch, { dispatcher, signal }: Sending): Promise<FoundRanking> {
  const { words, profile, weights, first, explained = false } = asked;
  const input = {
    text: words,
    profile: { key: profile },
    ...(weights && { weights: inGraphql(weights) }),
    ...(explained && { minScore: 0 }),
    personalization: { enabled: false },
  };
  const sent = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: SEARCH, variables: { input, first, explained } }),
    dispatcher,
    signal,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw unreachable(url, error);
  });
  return rankingIn(answerIn(await sent.body.text(), { url, status: sent.statusCode }), words);
}

function inGraphql(weights: BySignal<number>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(weights).map(([signal, weight]) => [signal.toLowerCase(), weight]));
}

function answerIn(text: string, { url, status }: { readonly url: string; readonly status: number }): Answer {
  const answer = parsed(text);
  const code = answer?.errors?.[0]?.extensions?.code;
  // An item that is not there is an answer; that nothing is at the address is none.
  if (answer && (status !== 404 || (isErrorCode(code) && code !== 'NOT_FOUND'))) return answer;
  throw new MedleyError(
    'INVALID_SETTING',
    `${url} answered with status ${status}, and not in GraphQL. Check the address: its path is usually /graphql.`,
  );
}

function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function rankingIn({ data, errors = [] }: Answer, words: string): FoundRanking {
  const [error] = errors;
  if (error) {
    const code = error.extensions?.code;
    throw new MedleyError(
      isErrorCode(code) ? code : 'INTERNAL',
      `The server refused the search for "${words}": ${error.message}`,
    );
  }
  if (!data?.search)
    throw new MedleyError('INVALID_SETTING', 'What answers at this address is not Medley. Check --url.');
  const { edges, ranking, degradations } = data.search;
  const spoiled = degradations.find(({ code }) => SPOILED.has(code));
  if (spoiled)
    throw new MedleyError(
      'MEDLEY_UNAVAILABLE',
      `"${words}" was answered without a part of Medley (${spoiled.code}), and weights can only be measured with all parts. Try again when they are back.`,
    );
  const { profile, version, weights } = ranking;
  return { profile, version, weights, hits: edges.map(hitOf) };
}

function hitOf({ itemId, score, explanation }: Connection['edges'][number]): FoundRanking['hits'][number] {
  const signals = (explanation?.signals ?? []).map(({ signal, normalized }) => [signal, normalized] as const);
  return { id: itemId, score, boost: explanation?.boost ?? 0, signals: Object.fromEntries(signals) };
}

function unreachable(url: string, cause: unknown): MedleyError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new MedleyError(
    'MEDLEY_UNAVAILABLE',
    `Nothing answers at ${url} (${reason}). Start Medley there, or give its address with --url.`,
    { cause },
  );
}

function isRefused({ cause }: MedleyError): boolean {
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
}
