import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeTuning } from '../../../../subgraphs/retrieval/tuning/describe-tuning.ts';
import { halvesOf } from '../../../../subgraphs/retrieval/tuning/halves.ts';
import { nextProfile } from '../../../../subgraphs/retrieval/tuning/next-profile.ts';
import { tune } from '../../../../subgraphs/retrieval/tuning/tune.ts';
import { withPriors } from '../../../../subgraphs/retrieval/tuning/tuned-profile.ts';
import { rankingProfilesSchema } from '../../../../subgraphs/retrieval/ranking/ranking-profile.ts';
import { seeded, shuffled } from '../../../support/random.ts';
import { makeUp, PROFILE } from './made-up-judgments.ts';

const MEASURE = 'nDCG@10' as const;

describe('tuning', () => {
  it('moves the weight to the signal that decides, and says that this is better', async () => {
    const { queries, door } = makeUp({ queries: 60, decides: 'IMAGE' });
    const tuning = await tune(queries, { door, profile: PROFILE, measure: MEASURE });
    const { LEXICAL, IMAGE } = tuning.profile.signals;
    expect(IMAGE.prior).toBeGreaterThan(3 * LEXICAL.prior);
    expect(tuning.better).toBe(true);
    const known = [PROFILE, { ...PROFILE, key: 'other', version: 7 }];
    expect(nextProfile(tuning, { known })).toMatchObject({ key: 'default', version: 2, boosts: PROFILE.boosts });
    const tried = [...known, { ...PROFILE, version: 4, trial: 0.1 }];
    expect(nextProfile(tuning, { known: tried, trial: 0.5 })).toMatchObject({ key: 'default', version: 5, trial: 0.5 });
    expect(nextProfile(tuning, { known: tried })).not.toHaveProperty('trial');
    const table = describeTuning(tuning);
    for (const arm of ['BM25 alone', 'meaning alone', 'looks alone', 'equal parts', 'what you have', 'tuned'])
      expect(table).toMatch(new RegExp(`^${arm} +[01]\\.\\d{3}`, 'm'));
  });

  it('never reports on a query that it tuned on', async () => {
    const { queries, door, asked } = makeUp({ queries: 60, decides: 'TEXT' });
    const { tunedOn, heldOut } = await tune(queries, { door, profile: PROFILE, measure: MEASURE });
    const wordsOf = (explained: boolean) =>
      new Set(asked.slice(1).flatMap((each) => ((each.explained ?? false) === explained ? [each.words] : [])));
    const [tuned, reported] = [wordsOf(true), wordsOf(false)];
    expect([tuned.size, reported.size]).toEqual([tunedOn, heldOut]);
    expect([...tuned].filter((words) => reported.has(words))).toEqual([]);
    expect(tunedOn + heldOut).toBe(60);
  });

  it('finds nothing in judgments that were handed around among the queries', async () => {
    const { queries, door } = makeUp({ queries: 60, decides: 'IMAGE' });
    let better = 0;
    for (let seed = 0; seed < 5; seed++) {
      const grades = shuffled(
        queries.map((query) => query.grades),
        seeded(7919 * (seed + 1)),
      );
      const mixed = queries.map(({ words }, i) => ({ words, grades: grades[i] ?? new Map<string, number>() }));
      const tuning = await tune(mixed, { door, profile: PROFILE, measure: MEASURE });
      if (tuning.better) better++;
    }
    expect(better).toBeLessThanOrEqual(1);
  });

  it('keeps what there is where nothing ranks better', async () => {
    const { queries, door } = makeUp({ queries: 60, decides: 'LEXICAL' });
    const best = withPriors(PROFILE, { LEXICAL: 1, TEXT: 0, IMAGE: 0 });
    if (!best) throw new Error('such a profile is allowed');
    const served = {
      search: async (asked: Parameters<typeof door.search>[0]) =>
        door.search({ ...asked, weights: asked.weights ?? { LEXICAL: 0.98, TEXT: 0.01, IMAGE: 0.01 } }),
    };
    const tuning = await tune(queries, { door: served, profile: best, measure: MEASURE });
    expect(tuning.better).toBe(false);
    expect(describeTuning(tuning)).toContain('Not better than what you have: keep it.');
  });

  it('refuses judgments that are too few, and of items that are not there', async () => {
    const { queries, door } = makeUp({ queries: 60, decides: 'IMAGE' });
    const settings = { door, profile: PROFILE, measure: MEASURE };
    await expect(tune(queries.slice(0, 9), settings)).rejects.toMatchObject({ code: 'INVALID_JUDGMENTS' });
    const unknown = queries.map(({ words }) => ({ words, grades: new Map([['sku-9', 2]]) }));
    await expect(tune(unknown, settings)).rejects.toThrow('Is "item" the id that the catalogue gives an item?');
  });

  it('refuses a server that ranks by another profile, and fusion by ranks', async () => {
    const { queries, door } = makeUp({ queries: 60, decides: 'IMAGE' });
    const tuneFrom = (profile: typeof PROFILE) => tune(queries, { door, profile, measure: MEASURE });
    await expect(tuneFrom({ ...PROFILE, version: 3 })).rejects.toMatchObject({ code: 'INVALID_SETTING' });
    const moved = withPriors(PROFILE, { LEXICAL: 0.2, TEXT: 0.4, IMAGE: 0.4 }) ?? PROFILE;
    await expect(tuneFrom(moved)).rejects.toThrow('Set MEDLEY_RANKING_PROFILES');
    await expect(tuneFrom({ ...PROFILE, fusion: 'RRF' })).rejects.toThrow('LINEAR');
  });
});

describe('the halves', () => {
  it('keep a query where it was when others come, or its words in another order', () => {
    const { queries } = makeUp({ queries: 60, decides: 'IMAGE' });
    const few = halvesOf(queries.slice(0, 40)).tuning.map(({ words }) => words);
    const turned = queries.map((query) => ({
      ...query,
      words: query.words.toUpperCase().split(' ').reverse().join('  '),
    }));
    const all = new Set(
      halvesOf(turned).tuning.map(({ words }) => words.toLowerCase().split('  ').reverse().join(' ')),
    );
    for (const words of few) expect(all).toContain(words);
  });
});

describe('a profile with other priors', () => {
  const prior = fc.double({ min: 0, max: 1, noNaN: true });

  it('is one that a server takes, with all its signals on and the others as they were', () => {
    fc.assert(
      fc.property(fc.tuple(prior, prior, prior), ([LEXICAL, TEXT, IMAGE]) => {
        const made = withPriors(PROFILE, { LEXICAL, TEXT, IMAGE });
        if (!made) return;
        expect(rankingProfilesSchema.safeParse([made]).success).toBe(true);
        const { signals } = made;
        expect(Math.min(...Object.values(signals).map((each) => each.prior))).toBeGreaterThan(0);
        expect(signals.LEXICAL.prior + signals.TEXT.prior + signals.IMAGE.prior).toBeCloseTo(1, 2);
        expect(signals.ITEM).toEqual(PROFILE.signals.ITEM);
      }),
    );
  });
});
