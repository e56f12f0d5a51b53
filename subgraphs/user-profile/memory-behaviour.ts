import type { EngagedPair, ItemPair, Reaction } from '../../src/vocabulary/viewer-event.ts';
import { ACTION_WEIGHTS, BASKET_ACTIONS, isChoice } from './actions.ts';
import { decay } from './decay.ts';
import type { KeptEvent } from './kept-event.ts';
import { FORGOTTEN_HALF_LIVES, TOGETHER } from './profile-store.ts';
import type { Decay, ScoredItem, ViewerKey } from './profile-store.ts';

export function trendingItems(events: readonly KeptEvent[], limit: number, at: Decay): readonly ScoredItem[] {
  const seen = counted(events, at).filter(({ event }) => ACTION_WEIGHTS[event.action] > 0);
  return bestPerViewer(
    seen,
    ({ event, at: when }) => ACTION_WEIGHTS[event.action] * decay(at.now - when, at.halfLife),
  ).slice(0, limit);
}

export function itemsBoughtTogether(
  events: readonly KeptEvent[],
  itemIds: readonly string[],
  { limit, decay: at }: { readonly limit: number; readonly decay: Decay },
): readonly ScoredItem[] {
  const baskets = counted(events, at).filter(({ event }) => BASKET_ACTIONS.some((action) => action === event.action));
  const buyers = new Set<ViewerKey>(
    baskets.filter(({ event }) => itemIds.includes(event.itemId)).map(({ viewer }) => viewer),
  );
  const beside = baskets.filter(({ viewer, event }) => buyers.has(viewer) && !itemIds.includes(event.itemId));
  return bestPerViewer(beside, ({ at: when }) => decay(at.now - when, at.halfLife)).slice(0, limit);
}

export function pairsEngaged(events: readonly KeptEvent[], limit: number): readonly EngagedPair[] {
  const newest = new Map<string, { readonly pair: EngagedPair; readonly at: number }>();
  for (const { event, at } of events) {
    const { queryId, itemId } = event;
    if (queryId === undefined || !isChoice(event.action)) continue;
    const key = JSON.stringify([queryId, itemId]);
    if (at >= (newest.get(key)?.at ?? -Infinity)) newest.set(key, { pair: { queryId, itemId }, at });
  }
  const ordered = [...newest].sort(([a, x], [b, y]) => y.at - x.at || (a < b ? -1 : 1));
  return ordered.slice(0, limit).map(([, { pair }]) => pair);
}

export function pairsChosenTogether(events: readonly KeptEvent[], limit: number): readonly ItemPair[] {
  const viewers = new Map<string, { readonly pair: ItemPair; readonly who: Set<ViewerKey> }>();
  const chosen = events.filter(({ event }) => isChoice(event.action));
  for (const [viewer, own] of Map.groupBy(chosen, (event) => event.viewer))
    for (const one of own)
      for (const other of own) {
        const pair = { left: one.event.itemId, right: other.event.itemId };
        if (pair.left >= pair.right || Math.abs(one.at - other.at) > TOGETHER) continue;
        const known = viewers.get(JSON.stringify(pair)) ?? { pair, who: new Set() };
        viewers.set(JSON.stringify(pair), { pair, who: known.who.add(viewer) });
      }
  return [...viewers]
    .sort(([a, x], [b, y]) => y.who.size - x.who.size || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([, { pair }]) => pair);
}

export function reactionsTo(events: readonly KeptEvent[], queryIds: readonly string[]): readonly Reaction[] {
  const asked = new Set(queryIds);
  const reactions = new Map<string, Reaction>();
  for (const { event } of events) {
    const { queryId, itemId, action, position: told = Infinity } = event;
    if (queryId === undefined || !asked.has(queryId) || !(action === 'IMPRESSION' || isChoice(action))) continue;
    const key = JSON.stringify([queryId, itemId]);
    const before = reactions.get(key);
    const worth = Math.max(ACTION_WEIGHTS[action], before?.worth ?? 0);
    const position = Math.min(told, before?.position ?? Infinity);
    reactions.set(key, { queryId, itemId, worth, ...(position < Infinity && { position }) });
  }
  return [...reactions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reaction]) => reaction);
}

function counted(events: readonly KeptEvent[], { now, halfLife }: Decay): readonly KeptEvent[] {
  return events.filter(({ at }) => at > now - FORGOTTEN_HALF_LIVES * halfLife);
}

/** Each viewer counts once an item, by the best score; highest sums first. */
function bestPerViewer(events: readonly KeptEvent[], scoreOf: (event: KeptEvent) => number): readonly ScoredItem[] {
  const best = new Map<string, { readonly itemId: string; readonly score: number }>();
  for (const kept of events) {
    const key = JSON.stringify([kept.viewer, kept.event.itemId]);
    const score = Math.max(scoreOf(kept), best.get(key)?.score ?? 0);
    best.set(key, { itemId: kept.event.itemId, score });
  }
  const sums = new Map<string, number>();
  for (const { itemId, score } of best.values()) sums.set(itemId, (sums.get(itemId) ?? 0) + score);
  return [...sums]
    .map(([itemId, score]) => ({ itemId, score }))
    .sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1));
}
