import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packWindow, unpackWindow } from '../../../subgraphs/retrieval/packed-window.ts';
import type { Hit } from '../../../subgraphs/retrieval/ranking/hit.ts';
import type { Window } from '../../../subgraphs/retrieval/ranking/window.ts';
import { SIGNALS } from '../../../src/vocabulary/signal.ts';

const number = fc.integer({ min: -3_000_000, max: 30_000_000 }).map((millionths) => millionths / 1e6);
const score = fc.record({
  raw: fc.option(number),
  normalised: number,
  weight: fc.constantFrom(0.44, 0.2),
  contribution: number,
  rank: fc.option(fc.integer({ min: 1, max: 5000 })),
  imputed: fc.boolean(),
});
const hit: fc.Arbitrary<Hit> = fc.record(
  {
    id: fc.string(),
    score: number,
    signals: fc.record(Object.fromEntries(SIGNALS.map((signal) => [signal, score])), { requiredKeys: [] }),
    boost: fc.constantFrom(0, 0.02),
    named: fc.constantFrom('FIRST' as const, 'BESIDE' as const),
    pinnedBy: fc.constantFrom('one-rule', 'other-rule'),
  },
  { requiredKeys: ['id', 'score', 'signals', 'boost'] },
);

const windowOf = (hits: readonly Hit[]): Window => ({
  queryId: 'q',
  generation: 'g',
  request: { kind: 'SIMILAR', queryId: 'q', hash: 'h', viewer: {}, first: 5, like: [], unlike: [] },
  ranking: { profile: 'default', version: 1, weights: [], window: 500 },
  hits,
  total: { value: hits.length, relation: 'EXACT' },
  facets: [],
  degradations: [],
});

describe('a packed window', () => {
  it('is the window that was packed, to the last digit', () => {
    fc.assert(
      fc.property(fc.array(hit, { maxLength: 8 }), (hits) => {
        expect(unpackWindow(packWindow(windowOf(hits)))).toEqual(windowOf(hits));
      }),
    );
  });

  it('is read also where its scores were kept with decimals', () => {
    const signals = {
      TEXT: { raw: 0.5, normalised: [0.25, null], weight: 1, contribution: 0.2, rank: 1, imputed: false },
    };
    const hits = { id: ['a', 'b'], score: [0.3, 0.2], boost: 0.1, signals };
    const kept = zstdCompressSync(JSON.stringify({ ...windowOf([]), hits })).toString('base64');
    const score = { raw: 0.5, normalised: 0.25, weight: 1, contribution: 0.2, rank: 1, imputed: false };
    expect(unpackWindow(kept).hits).toEqual([
      { id: 'a', score: 0.3, boost: 0.1, signals: { TEXT: score } },
      { id: 'b', score: 0.2, boost: 0.1, signals: { TEXT: { ...score, normalised: 0 } } },
    ]);
  });

  it('is read also where it was kept one hit after another', () => {
    const [window] = fc.sample(fc.array(hit, { minLength: 3, maxLength: 3 }).map(windowOf), { numRuns: 1, seed: 7 });
    expect(unpackWindow(zstdCompressSync(JSON.stringify(window)).toString('base64'))).toEqual(window);
  });
});
