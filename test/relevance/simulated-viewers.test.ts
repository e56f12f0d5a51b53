import { describe, expect, it } from '@jest/globals';
import type { ShownWindow } from '../../src/vocabulary/shown.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { memoryProfileStore } from '../../subgraphs/user-profile/memory-profile-store.ts';
import { openUserProfile } from '../../subgraphs/user-profile/user-profile.ts';
import { SETTINGS, madeUpSource, normal, randomItems, seeded } from '../subgraphs/user-profile/made-up.ts';

type Manner = 'by looks' | 'by words' | 'by place alone' | 'by both';

const START = Date.parse('2026-05-01T10:00:00Z');
const VISITS = 40;
const CANDIDATES = 60;
const EXAMINED = 20;

/**
 * One simulated viewer: each visit one query, ranked by the weights that the tilt of this moment gives (prior .6 text, .4 image,
 * as retrieval does), read from the top with falling attention; at most two clicks a visit.
 */
async function simulate(manner: Manner, seed: number): Promise<readonly number[]> {
  const random = seeded(seed);
  const windows = new Map<string, ShownWindow>();
  let now = START;
  const program = openUserProfile({
    store: memoryProfileStore(),
    source: madeUpSource(randomItems(200, random), windows),
    settings: { ...SETTINGS, freshFor: 1 },
    now: () => now,
  });
  const tilts: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    now += 6 * 3_600_000;
    const { tilt } = await program.profile({ userId: 'ann' });
    tilts.push(tilt.IMAGE ?? 0);
    const window = shownWindow(`query-${visit}`, tilt.IMAGE ?? 0, random);
    windows.set(window.queryId, window);
    await program.record(clicks(window, manner, { random, now }));
    await program.settled();
  }
  await program.close();
  return tilts;
}

function shownWindow(queryId: string, tilt: number, random: () => number): ShownWindow {
  const image = (0.4 * Math.exp(tilt)) / (0.6 + 0.4 * Math.exp(tilt));
  const score = () => 1 / (1 + Math.exp(-1.5 * normal(random)));
  const hits = Array.from({ length: CANDIDATES }, () => {
    const text = score();
    return {
      itemId: `item-${Math.floor(random() * 200)}`,
      scores: { LEXICAL: (text + score()) / 2, TEXT: text, IMAGE: score() },
    };
  });
  const once = [...new Map(hits.map((hit) => [hit.itemId, hit])).values()];
  const total = ({ scores }: (typeof once)[number]) =>
    image * scores.IMAGE + ((1 - image) * (scores.LEXICAL + scores.TEXT)) / 2;
  const ranked = once.toSorted((a, b) => total(b) - total(a));
  return { queryId, generation: 'g1', hits: ranked.map((hit, i) => ({ ...hit, position: i + 1 })) };
}

function clicks(
  window: ShownWindow,
  manner: Manner,
  { random, now }: { random: () => number; now: number },
): readonly ViewerEvent[] {
  const liked = window.hits.slice(0, EXAMINED).map((hit) => {
    const { TEXT: text = 0, IMAGE: image = 0 } = hit.scores;
    const wants = { 'by looks': image, 'by words': text, 'by place alone': 0.5, 'by both': (text + image) / 2 }[manner];
    const attention = 1 / Math.log2(1 + hit.position);
    return { hit, clicks: random() < attention / (1 + Math.exp(-10 * (wants - 0.75))) };
  });
  return liked
    .filter((each) => each.clicks)
    .slice(0, 2)
    .map(({ hit }) => ({
      id: `${window.queryId}-${hit.itemId}`,
      queryId: window.queryId,
      userId: 'ann',
      action: 'CLICK',
      itemId: hit.itemId,
      position: hit.position,
      occurredAt: new Date(now).toISOString(),
    }));
}

/** The mean tilt of the second half of the visits, one number a seed. */
async function tiltsOf(manner: Manner, seeds = 12): Promise<readonly number[]> {
  const runs = await Promise.all(Array.from({ length: seeds }, (_, seed) => simulate(manner, 100 + seed)));
  return runs.map((tilts) => mean(tilts.slice(VISITS / 2)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('a simulated viewer', () => {
  it('who clicks by looks sees the image weight rise', async () => {
    const tilts = await tiltsOf('by looks');
    expect(mean(tilts)).toBeGreaterThan(0.3);
    expect(Math.min(...tilts)).toBeGreaterThan(0);
  });

  it('who clicks by words does not see it rise', async () => {
    const tilts = await tiltsOf('by words');
    expect(mean(tilts)).toBeLessThan(-0.2);
    expect(Math.max(...tilts)).toBeLessThan(0);
  });

  it('who takes what stands on top moves nothing on the average: the ranking does not confirm itself', async () => {
    expect(Math.abs(mean(await tiltsOf('by place alone', 60)))).toBeLessThan(0.2);
  });

  it('who clicks by both moves less than one who clicks by looks', async () => {
    expect(Math.abs(mean(await tiltsOf('by both')))).toBeLessThan(0.3);
  });

  it('starts without a tilt', async () => {
    expect((await simulate('by looks', 1))[0]).toBe(0);
  });
});
