import { expect } from '@jest/globals';
import { secretsIn } from './no-secrets.ts';

/** What came back over HTTP, whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly Complaint[];
}

export interface Complaint {
  readonly message: string;
  readonly extensions: { readonly code: string };
}

/** How a storefront talks to Medley. Whatever comes back is looked through for what no answer may hold. */
export interface FrontDoor {
  readonly url: string;
  send(path: string, init?: RequestInit): Promise<Reply>;
  ask<Data>(query: string, variables?: object): Promise<Answer<Data>>;
  /** The first page of a search, or the one after a cursor. Throws the errors of the answer. */
  search(input: object, page?: { readonly first?: number; readonly after?: string }): Promise<Found>;
  upload(picture: Uint8Array): Promise<string>;
  /** Texts that this client sent and may therefore get back. */
  readonly said: string[];
}

export interface Found {
  readonly id: string;
  readonly edges: readonly FoundEdge[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
  readonly totalCount: { readonly value: number; readonly relation: string };
  readonly facets: readonly { readonly field: string; readonly values: readonly FoundValue[] }[];
  readonly ranking: { readonly weights: readonly { readonly signal: string; readonly weight: number }[] };
  readonly didYouMean: string | null;
  readonly degradations: readonly { readonly code: string; readonly message: string }[];
}

export interface FoundValue {
  readonly value: string;
  readonly count: number;
  readonly selected: boolean;
}

export interface FoundEdge {
  readonly itemId: string;
  readonly position: number;
  readonly score: number;
  readonly cursor: string;
  readonly node: { readonly title: string; readonly images: readonly { readonly url: string }[] } | null;
  readonly explanation: {
    readonly signals: readonly { readonly signal: string; readonly normalized: number; readonly imputed: boolean }[];
  };
}

const SEARCH = `query Search($input: SearchInput!, $first: Int, $after: String) {
  search(input: $input, first: $first, after: $after) {
    id
    edges { itemId position score cursor node { title images { url } } explanation { signals { signal normalized imputed } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount { value relation }
    facets { field values { value count selected } }
    ranking { weights { signal weight } }
    didYouMean
    degradations { code message }
  }
}`;

export function frontDoor(url: string): FrontDoor {
  const said: string[] = [url];
  const send = async (path: string, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(new URL(path, url), init);
    const text = await response.text();
    if (!response.headers.get('content-type')?.startsWith('image/')) expect(secretsIn(text, said)).toEqual([]);
    return { status: response.status, headers: response.headers, text };
  };
  const ask = async <Data>(query: string, variables: object = {}): Promise<Answer<Data>> => {
    const body = JSON.stringify({ query, variables });
    const reply = await send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { data, errors = [] } = JSON.parse(reply.text) as { readonly data: Data; readonly errors?: Complaint[] };
    return { status: reply.status, data, errors };
  };
  return {
    url,
    said,
    send,
    ask,
    search: async (input, page = {}) => {
      const { data, errors } = await ask<{ readonly search: Found }>(SEARCH, { input, ...page });
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data.search;
    },
    upload: async (picture) => {
      const headers = { 'content-type': 'image/png' };
      const { text } = await send('/images', { method: 'POST', headers, body: Buffer.from(picture) });
      return (JSON.parse(text) as { readonly id: string }).id;
    },
  };
}

/** The codes of an answer's errors. */
export function codesOf({ errors }: Pick<Answer<unknown>, 'errors'>): readonly string[] {
  return errors.map(({ extensions }) => extensions.code);
}

/** What an answer had to do without, apart from the bridge, for which a small catalogue has too few pictures. */
export function lostIn({ degradations }: Pick<Found, 'degradations'>): readonly string[] {
  return degradations.map(({ code }) => code).filter((code) => code !== 'ROUTE_MISSING');
}
