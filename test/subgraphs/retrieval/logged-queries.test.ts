import { describe, expect, it } from '@jest/globals';
import { NO_BEHAVIOUR } from '../../../subgraphs/retrieval/behaviour-source.ts';
import { queriesThatLed } from '../../../subgraphs/retrieval/logged-queries.ts';
import type { Window } from '../../../subgraphs/retrieval/ranking/window.ts';
import { memoryWindowStore } from '../../../subgraphs/retrieval/window-store.ts';
import type { SearchQuery } from '../../../src/vocabulary/search-request.ts';

const asked = (queryId: string, parts: SearchQuery['parts'], didYouMean?: string): Window => ({
  queryId,
  generation: 'g',
  request: {
    kind: 'SEARCH',
    queryId,
    hash: 'h',
    viewer: {},
    first: 5,
    parts,
    sort: [],
    facets: [],
    personalization: { enabled: true },
  },
  ranking: { profile: 'default', version: 1, weights: [], window: 500 },
  hits: [],
  total: { value: 0, relation: 'EXACT' },
  facets: [],
  degradations: [],
  ...(didYouMean !== undefined && { didYouMean }),
});

const typed = (text: string, weight = 1) => ({ kind: 'TEXT', text, weight }) as const;

describe('logged queries that ended in a choice', () => {
  it('come with their words, misspelt ones as they were meant, and without those that had none', async () => {
    const windows = memoryWindowStore({ cursorTtl: 1000, retention: 1000 });
    await windows.put(asked('plain', [typed('red mug')]));
    await windows.put(asked('slip', [typed('red mgu')], 'red mug'));
    await windows.put(asked('unlike', [typed('red mug', -1)]));
    const pairs = ['plain', 'slip', 'unlike', 'forgotten'].map((queryId) => ({
      queryId,
      itemId: `chosen by ${queryId}`,
    }));
    const behaviour = { ...NO_BEHAVIOUR, engagedPairs: () => Promise.resolve(pairs) };
    expect(await queriesThatLed(behaviour, windows)).toEqual([
      { text: 'red mug', itemId: 'chosen by plain' },
      { text: 'red mug', itemId: 'chosen by slip' },
    ]);
  });
});
