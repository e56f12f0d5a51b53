import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../../../src/vocabulary/item.ts';
import type { FieldsOf } from '../../../../src/vocabulary/item.ts';
import { boosted } from '../../../../subgraphs/retrieval/ranking/boosts.ts';
import { rankingProfilesSchema } from '../../../../subgraphs/retrieval/ranking/ranking-profile.ts';

const SIGNALS = { LEXICAL: { prior: 1 }, TEXT: { prior: 0 }, IMAGE: { prior: 0 } };

function profileWith(boosts: object) {
  const [profile] = rankingProfilesSchema.parse([{ key: 'test', version: 1, signals: SIGNALS, boosts }]);
  if (!profile) throw new RangeError('there is one profile');
  return profile;
}

const item = (pictureMatch?: number): FieldsOf =>
  fieldsOf({ id: 'a', title: 'a', category: [], images: [], attributes: {}, pictureMatch });

describe('a profile that favours fitting pictures', () => {
  const settings = { profile: profileWith({ pictureMatch: 0.1 }), now: 0 };

  it('holds an item back whose picture shows something else, by its share at most', () => {
    const [honest, swapped] = [boosted(0.6, item(0.95), settings), boosted(0.6, item(0.02), settings)];
    expect(honest).toBeGreaterThan(swapped);
    expect(honest - swapped).toBeLessThanOrEqual(0.1);
    expect(boosted(0.75, item(0), settings)).toBeGreaterThan(boosted(0.6, item(1), settings) - 0.1);
  });

  it('treats an item whose picture cannot be compared as a usual one', () => {
    expect(boosted(0.6, item(), settings)).toBeCloseTo(boosted(0.6, item(0.9), settings), 6);
  });

  it('is refused where the boosts together would give more than half of the score', () => {
    expect(() => profileWith({ pictureMatch: 0.3, popularity: 0.3 })).toThrow('half of the score');
  });
});

describe('a profile from before there was an item vector', () => {
  it('goes on without it', () => {
    expect(profileWith({}).signals.ITEM).toEqual({ prior: 0, min: 0, max: 1 });
  });
});
