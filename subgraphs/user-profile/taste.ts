import type { ItemVectors } from '../../src/vocabulary/shown.ts';
import type { TasteItem } from '../../src/vocabulary/viewer.ts';
import { unit, weightedSum } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { ACTION_WEIGHTS } from './actions.ts';
import { decay } from './decay.ts';
import type { RecordedEvent } from './profile-store.ts';

/** A list of what one viewer likes in one modality is at most this long; the rest weighs next to nothing. */
export const LONGEST_TASTE = 50;

/** `modality` reads the rate of wins from the evidence of a choice; `halfLife` is in milliseconds. */
export interface TasteOf {
  readonly now: number;
  readonly halfLife: number;
  readonly modality: 'text' | 'image';
}

/**
 * The items that a viewer likes in one modality, heaviest first, weights 0 to 1 with sum 1:
 * w_i = sum over its events of exp(-dt / tau_m) * b_type (our reading of MRSE's portrait, Shopee 2024), times .5 + the rate at which this
 * modality told the choice (ours), so that what was chosen for its looks counts more for looks.
 */
export function tasteItems(
  events: readonly RecordedEvent[],
  { now, halfLife, modality }: TasteOf,
): readonly TasteItem[] {
  const weights = new Map<string, number>();
  for (const { event, at, evidence } of events) {
    const told = evidence === null ? 1 : 0.5 + evidence[modality];
    const weight = ACTION_WEIGHTS[event.action] * decay(now - at, halfLife) * told;
    if (weight > 0) weights.set(event.itemId, (weights.get(event.itemId) ?? 0) + weight);
  }
  const heaviest = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, LONGEST_TASTE);
  const total = heaviest.reduce((sum, [, weight]) => sum + weight, 0);
  return heaviest.map(([id, weight]) => ({ id, weight: weight / total }));
}

/**
 * The taste as one vector of length 1, z = norm(sum w_i z(i)); undefined where no liked item has a vector.
 * Only user-profile's own evidence needs it: what travels is the list of items.
 */
export function tasteVector(taste: readonly TasteItem[], read: (id: string) => Vector | null): Vector | undefined {
  const terms = taste.flatMap(({ id, weight }) => {
    const vector = read(id);
    return vector ? [{ vector: unit(vector), weight }] : [];
  });
  const first = terms[0];
  return first ? unit(weightedSum(terms, first.vector.length)) : undefined;
}

/** Looks up one modality of some items by id; an item that is not there reads as null. */
export function vectorReader(items: readonly ItemVectors[], modality: 'text' | 'image'): (id: string) => Vector | null {
  const byId = new Map(items.map((item) => [item.id, item[modality]]));
  return (id) => byId.get(id) ?? null;
}

/** What was touched last, newest first, every item once. */
export function recentItems(events: readonly RecordedEvent[], limit: number): readonly string[] {
  return [
    ...new Set(events.filter(({ event }) => ACTION_WEIGHTS[event.action] > 0).map(({ event }) => event.itemId)),
  ].slice(0, limit);
}
