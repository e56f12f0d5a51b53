import { describe, expect, it } from '@jest/globals';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import { emptyWindow } from '../../../subgraphs/retrieval/browse.ts';
import { keepWindow } from '../../../subgraphs/retrieval/keep-window.ts';
import type { Ranked } from '../../../subgraphs/retrieval/keep-window.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';

const made: Ranked = {
  request: { kind: 'SIMILAR', queryId: 'q', hash: 'h', viewer: {}, first: 5, like: [], unlike: [] },
  generation: 'g',
  ranked: emptyWindow({ facets: [] }),
  partial: false,
  items: { byId: new Map(), partial: false },
  profile: readRankingProfiles().select(undefined),
  facets: [],
  degradations: [],
};

/** The codes of what an answer had to do without, and what was said of it, with a store whose `put` is this. */
async function lostWith(put: () => Promise<void>) {
  const said: unknown[] = [];
  const keeping = { windows: { put }, onNotKept: (reason: unknown) => said.push(reason) };
  const { window } = await underDeadline(deadlineIn(100), () => keepWindow(made, keeping));
  return { lost: window.degradations.map(({ code }) => code), said };
}

describe('an answer whose window', () => {
  it('is kept lacks nothing', async () => {
    expect(await lostWith(() => Promise.resolve())).toEqual({ lost: [], said: [] });
  });

  it('cannot be written comes without later pages, and why is said to whoever runs this', async () => {
    const full = new Error('the disk is full');
    expect(await lostWith(() => Promise.reject(full))).toEqual({ lost: ['WINDOW_NOT_KEPT'], said: [full] });
  });

  it('is never written comes within its deadline all the same', async () => {
    const { lost, said } = await lostWith(() => new Promise(() => undefined));
    expect(lost).toEqual(['WINDOW_NOT_KEPT']);
    expect(said).toHaveLength(1);
  });
});
