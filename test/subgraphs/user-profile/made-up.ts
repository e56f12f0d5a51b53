import type { ItemVectors, ShownWindow } from '../../../src/vocabulary/shown.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import { readProfileSettings } from '../../../subgraphs/user-profile/config.ts';
import type { EvidenceSource } from '../../../subgraphs/user-profile/evidence-source.ts';

export const SETTINGS = readProfileSettings({});

/** A repeatable source of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal number (Box and Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function randomVector(random: () => number, dims = 16): Float32Array {
  return unit(Float32Array.from({ length: dims }, () => normal(random)));
}

export function randomItems(count: number, random: () => number): readonly ItemVectors[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `item-${i}`,
    text: randomVector(random),
    image: randomVector(random),
  }));
}

/** What retrieval would answer, from a catalogue and the windows that were shown. */
export function madeUpSource(items: readonly ItemVectors[], windows: ReadonlyMap<string, ShownWindow>): EvidenceSource {
  const generation = 'g1';
  return {
    shown: (queryId) => Promise.resolve(windows.get(queryId)),
    vectors: (ids) => Promise.resolve({ generation, items: items.filter(({ id }) => ids.includes(id)) }),
    sample: (count) => Promise.resolve({ generation, items: items.slice(0, count) }),
  };
}
