import type { ItemVectors, ShownWindow } from '../../../src/vocabulary/shown.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import { readProfileSettings } from '../../../subgraphs/user-profile/config.ts';
import type { EvidenceSource } from '../../../subgraphs/user-profile/evidence-source.ts';
import { normal } from '../../support/random.ts';

export { normal, seeded } from '../../support/random.ts';

export const SETTINGS = readProfileSettings({});

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
    forget: () => Promise.resolve(0),
  };
}
