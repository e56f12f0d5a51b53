import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ItemVectors, ShownHit, ShownWindow } from '../../src/vocabulary/shown.ts';
import { SIGNALS } from '../../src/vocabulary/signal.ts';
import { onOneGeneration } from './one-generation.ts';
import type { Hit } from './ranking/hit.ts';
import type { ServingIndex } from './serving-index.ts';
import type { WindowStore } from './window-store.ts';

/** What user-profile asks of retrieval: what a query showed, vectors of items, and to forget what a viewer asked. */
export interface ShownEvidence {
  shown(queryId: string): Promise<ShownWindow | undefined>;
  vectors(ids: readonly string[]): Promise<{ readonly generation: string; readonly items: readonly ItemVectors[] }>;
  sample(count: number): Promise<{ readonly generation: string; readonly items: readonly ItemVectors[] }>;
  forget(viewer: ViewerRef): Promise<number>;
}

/** Only so many items are sampled from, the most popular ones: chance over them is chance over what viewers meet. */
const SAMPLED_FROM = 5000;

export function shownEvidence(index: ServingIndex, windows: WindowStore): ShownEvidence {
  const vectors = (ids: readonly string[]) =>
    onOneGeneration(index, async () => {
      const generation = index.serving().head.id;
      const stored = await index.vectors(ids, ['text', 'looks']);
      const items = ids.flatMap((id, i): ItemVectors[] => {
        const found = stored[i];
        return found?.text ? [{ id, text: found.text, image: found.looks }] : [];
      });
      return { generation, items };
    });
  return {
    shown: async (queryId) => {
      const window = await windows.logged(queryId);
      return window && { queryId, generation: window.generation, hits: window.hits.map(shownHit) };
    },
    vectors,
    sample: async (count) => {
      const { ids } = await index.browse({ orders: [{ field: 'popularity', direction: 'DESC' }], limit: SAMPLED_FROM });
      return vectors(randomSubset(ids, count));
    },
    forget: (viewer) => windows.erase(viewer),
  };
}

function shownHit({ id, signals }: Hit, place: number): ShownHit {
  const scores = SIGNALS.flatMap((signal) => {
    const score = signals[signal];
    return score && !score.imputed ? [[signal, score.normalised] as const] : [];
  });
  return { itemId: id, position: place + 1, scores: Object.fromEntries(scores) };
}

function randomSubset(ids: readonly string[], count: number): readonly string[] {
  const left = [...ids];
  const chosen: string[] = [];
  while (chosen.length < count && left.length > 0) {
    const at = Math.floor(Math.random() * left.length);
    const last = left.pop();
    const picked = left[at] ?? last;
    if (at < left.length && last !== undefined) left[at] = last;
    if (picked !== undefined) chosen.push(picked);
  }
  return chosen;
}
