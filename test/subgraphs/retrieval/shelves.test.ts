import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_BOOK, MedleyError } from '../../../src/runtime/errors.ts';
import type { ShelfQuery } from '../../../src/vocabulary/search-request.ts';
import { NO_BEHAVIOUR } from '../../../subgraphs/retrieval/behaviour-source.ts';
import { NO_SYNONYMS } from '../../../subgraphs/retrieval/index/synonyms.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { stockShelves } from '../../../subgraphs/retrieval/shelves.ts';
import { NO_SEARCHES } from '../../../subgraphs/retrieval/suggesting/popular-searches.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ items: 12 });
});
afterAll(() => shop.close());

const siblings = [{ kind: 'TRENDING', first: 3 }] as const;
const request: ShelfQuery = {
  kind: 'SHELF',
  queryId: 'q',
  hash: 'h',
  viewer: {},
  shelf: 'TRENDING',
  first: 3,
  siblings,
  place: 0,
  context: [],
};

function stocked(trouble: Error) {
  const behaviour = { ...NO_BEHAVIOUR, trending: () => Promise.reject(trouble) };
  const { index } = shop.medley.retrieval;
  const policy = () => ({ profiles: readRankingProfiles(), synonyms: NO_SYNONYMS, rules: [], popular: NO_SEARCHES });
  return stockShelves(request, null, { index, behaviour, policy });
}

describe('a shelf', () => {
  it('falls back, and says so, where what viewers did cannot be reached', async () => {
    const [shelf] = await stocked(
      new MedleyError('USER_PROFILE_UNAVAILABLE', ERROR_BOOK.USER_PROFILE_UNAVAILABLE.meaning),
    );
    expect(shelf).toMatchObject({ fallback: 'POPULAR' });
    expect(shelf?.degradations.map(({ code }) => code)).toContain('BEHAVIOUR_UNREACHABLE');
  });

  it('calls no mistake of its own an outage', async () => {
    await expect(stocked(new TypeError('a mistake'))).rejects.toThrow('a mistake');
  });
});
