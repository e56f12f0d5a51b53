import { describe, expect, it } from '@jest/globals';
import { dot, unit } from '../../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../../src/vocabulary/vector.ts';
import { fit } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import type { FitSample, SampleItem } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit-sample.ts';
import { normal, seeded } from '../../../../support/random.ts';

const [KINDS, COLOURS, WORDS, FEATURES] = [12, 6, 32, 48];
const BLOCKS = [{ name: 'backbone', offset: 0, dims: FEATURES, treatment: 'unit', scale: 16 }] as const;
const random = seeded(3);
const vector = (dims: number): Vector => unit(Float32Array.from({ length: dims }, () => normal(random)));
const add = (...parts: readonly Vector[]): Vector =>
  unit((parts[0] ?? vector(1)).map((_, i) => parts.reduce((sum, part) => sum + (part[i] ?? 0), 0)));

const kinds = Array.from({ length: KINDS }, () => ({ word: vector(WORDS), look: vector(FEATURES) }));
const colours = Array.from({ length: COLOURS }, () => ({ word: vector(WORDS), look: vector(FEATURES) }));

/** Titles name the kind of thing alone; pictures show its colour, too; viewers ask for both. */
function shop(asked: (item: number) => boolean): { sample: FitSample; colourOf: (item: number) => number } {
  const colourOf = (item: number) => Math.floor(item / KINDS) % COLOURS;
  const items = Array.from({ length: 900 }, (_, i): SampleItem => {
    const [kind, colour] = [kinds[i % KINDS], colours[colourOf(i)]];
    if (!kind || !colour) throw new RangeError('there are too few kinds or colours');
    const noise = vector(FEATURES).map((x) => 0.3 * x);
    const query = add(kind.word, colour.word);
    return {
      says: { title: '' },
      title: add(
        kind.word,
        vector(WORDS).map((x) => 0.5 * x),
      ),
      features: add(kind.look, colour.look, noise),
      queries: asked(i) ? [{ text: 'kind and colour', vector: query }] : [],
    };
  });
  return { sample: { textSpace: 'words@1', imageSpace: 'pictures@1', blocks: BLOCKS, items }, colourOf };
}

/** Of the ten photos nearest to "colour kind", the share that have the colour, among items that nobody asked for. */
async function rightColours(asked: (item: number) => boolean): Promise<number> {
  const { sample, colourOf } = shop(asked);
  const fitting = fit(sample);
  const columns = await fitting.columnsOf(sample.items.map(({ features }) => features ?? new Float32Array(FEATURES)));
  const strangers = columns.flatMap(({ bridged }, i) => (bridged && !asked(i) ? [{ bridged, i }] : []));
  const shares = colours.map(({ word }, colour) => {
    const query = fitting.centreQuery(add(kinds[colour]?.word ?? word, word)) ?? new Float32Array(WORDS);
    const nearest = strangers.toSorted((a, b) => dot(b.bridged, query) - dot(a.bridged, query)).slice(0, 10);
    return nearest.filter(({ i }) => colourOf(i) === colour).length / 10;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe('queries that led to items', () => {
  it('teach the bridge what titles do not say, also for items that nobody has asked for', async () => {
    const untaught = await rightColours(() => false);
    const taught = await rightColours((i) => i % 5 === 0);
    expect(untaught).toBeLessThan(0.5);
    expect(taught).toBeGreaterThan(0.9);
  });

  it('teach little while there are few', () => {
    const few = fit(shop((i) => i === 700).sample);
    const none = fit(shop(() => false).sample);
    expect(few.outcome.quality?.recallAt10).toBeCloseTo(none.outcome.quality?.recallAt10 ?? 0, 1);
  });
});
