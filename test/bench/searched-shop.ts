import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'undici';
import { readSearch } from '../../src/gateway/entry/read-request.ts';
import type { Encoders } from '../../src/inference/open-encoders.ts';
import { openMedley } from '../../src/main.ts';
import { environment, readSettings } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { NO_TILT } from '../../src/vocabulary/tilt.ts';
import type { CandidateSet, GenerationHead, IndexQuery } from '../../subgraphs/retrieval/index/item-index.ts';
import { readRankingProfiles } from '../../subgraphs/retrieval/ranking-profiles.ts';
import { rowBytes } from '../../subgraphs/retrieval/index/resident/vector-column.ts';
import { planSearch } from '../../subgraphs/retrieval/query-plan.ts';
import { layEmptyDatabases } from '../support/empty-databases.ts';
import { FACETS, SEARCH } from './search-answer.ts';
import type { SearchAnswer } from './search-answer.ts';

/** A whole Medley over made-up items, asked over HTTP, and its index alone. */
export interface SearchedShop {
  readonly items: number;
  readonly head: GenerationHead;
  /** Of the vectors of one item in memory. */
  readonly vectorBytes: number;
  search(text: string): Promise<SearchAnswer>;
  /** Any operation over HTTP: its data. */
  ask<T>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
  /** What the search asks of the index, for the same words. */
  plan(text: string): Promise<IndexQuery>;
  candidates(query: IndexQuery): Promise<CandidateSet>;
  close(): Promise<void>;
}

type Env = Readonly<Record<string, string>>;

/** Writes the items into the index that the settings name. */
export async function writeShop(folder: string, items: number, own: Env = {}): Promise<void> {
  const program = fileURLToPath(new URL('write-catalogue.ts', import.meta.url));
  const env = { ...environment(), ...own };
  const child = spawn(process.execPath, [program, folder, String(items)], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0, 'the made-up items could not be written');
  await layEmptyDatabases(folder);
}

export async function openShop(folder: string, encoders: Encoders, own: Env = {}): Promise<SearchedShop> {
  const env = {
    MEDLEY_DATA_DIR: folder,
    MEDLEY_DEMO: 'off',
    MEDLEY_LOG_LEVEL: 'warn',
    MEDLEY_DEADLINE: '60000',
    ...own,
  };
  const settings = readSettings(env);
  const medley = await openMedley({ env, settings, log: createLogger('warn'), encoders });
  await medley.app.listen({ host: '127.0.0.1', port: 0 });
  const client = new Client(medley.app.listeningOrigin);
  const { index } = medley.retrieval;
  const head = index.head();
  assert(head, 'nothing was published');
  const { candidates } = readRankingProfiles(undefined).select(undefined);
  const ask = async <T>(query: string, variables = {}): Promise<T> => {
    const { body } = await client.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await body.json()) as { data?: T; errors?: unknown };
    assert(data && !errors, `an operation failed: ${JSON.stringify(errors)}`);
    return data;
  };
  return {
    items: head.items,
    head,
    vectorBytes: Object.values(head.dims).reduce((sum, dims) => sum + rowBytes(dims), 0),
    search: async (text) => (await ask<{ search: SearchAnswer }>(SEARCH, { text, facets: FACETS })).search,
    ask,
    plan: async (text) => {
      const [vector] = await encoders.text.encode([{ text, role: 'query' }]);
      assert(vector instanceof Float32Array);
      const part = { modality: 'TEXT', space: encoders.text.space, weight: 1, vector } as const;
      const request = readSearch({ input: { text } }, 'no cursor is read');
      const { words, probes } = await planSearch(request, { parts: [part], tilt: NO_TILT }, index);
      return { words, probes, candidates };
    },
    candidates: (query) => index.candidates(query),
    close: async () => {
      await client.close();
      await medley.close();
    },
  };
}
