import { describe, expect, it } from '@jest/globals';
import { dot, subtract, unit, weightedSum } from '../../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../../src/vocabulary/vector.ts';
import { fit } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import type { FitSample, SampleItem } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit-sample.ts';
import { Fitting } from '../../../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import { LinearMap } from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { widestAxes } from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/widest-axes.ts';
import { normal, seeded } from '../../../../support/random.ts';

const [TEXT, FEATURES, ITEMS] = [32, 48, 800];
const KINDS = ['lamp', 'mug', 'shirt', 'chair'] as const;
const COLOURS = ['navy', 'black', 'brown', 'maroon'] as const;
const BLOCKS = [{ name: 'backbone', offset: 0, dims: FEATURES, treatment: 'unit', scale: 16 }] as const;

const random = seeded(5);
const vector = (dims: number): Vector => unit(Float32Array.from({ length: dims }, () => normal(random)));
const mixed = (parts: readonly (readonly [weight: number, Vector])[], dims: number): Vector =>
  unit(
    weightedSum(
      parts.map(([weight, own]) => ({ weight, vector: own })),
      dims,
    ),
  );
const words = new Map<string, Vector>([...KINDS, ...COLOURS].map((word) => [word, vector(TEXT)]));
const looks = new Map<string, Vector>([...KINDS, ...COLOURS].map((word) => [word, vector(FEATURES)]));

/** As an encoder makes it that hears the kind of a thing and hardly its colour. */
function encoded(kind: string, noise = 0.5): Vector {
  return mixed(
    [
      [1, words.get(kind) ?? vector(TEXT)],
      [noise, vector(TEXT)],
    ],
    TEXT,
  );
}

interface Shown {
  readonly kind: string;
  readonly colour: string;
}

function shop(title: (shown: Shown) => string): { readonly sample: FitSample; readonly shown: readonly Shown[] } {
  const shown = Array.from({ length: ITEMS }, () => ({ kind: one(KINDS), colour: one(COLOURS) }));
  const items = shown.map((own): SampleItem => ({
    says: { title: title(own) },
    title: encoded(own.kind),
    features: mixed(
      [
        [1, looks.get(own.kind) ?? vector(1)],
        [1, looks.get(own.colour) ?? vector(1)],
        [0.5, vector(FEATURES)],
      ],
      FEATURES,
    ),
    queries: [],
  }));
  return { sample: { textSpace: 'words@1', imageSpace: 'pictures@1', blocks: BLOCKS, items }, shown };
}

function one<T>(all: readonly T[]): T {
  const drawn = all[Math.floor(random() * all.length)];
  if (drawn === undefined) throw new RangeError('there is nothing to draw from');
  return drawn;
}

/** Of the ten photos nearest to a colour and a kind, the share that show both. */
async function right({ sample, shown }: ReturnType<typeof shop>): Promise<number> {
  const fitting = Fitting.fromBytes(fit(sample).toBytes());
  const columns = await fitting.columnsOf(sample.items.map(({ features }) => features ?? new Float32Array(FEATURES)));
  const shares = KINDS.flatMap((kind) =>
    COLOURS.map((colour) => {
      const query = fitting.centreQuery(encoded(kind, 0), `${colour} ${kind}s`) ?? new Float32Array(TEXT);
      const nearest = columns
        .map(({ bridged }, i) => ({ own: shown[i], cosine: bridged ? dot(bridged, query) : -1 }))
        .toSorted((a, b) => b.cosine - a.cosine)
        .slice(0, 10);
      return nearest.filter(({ own }) => own?.kind === kind && own.colour === colour).length / 10;
    }),
  );
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe('words that a catalogue says often', () => {
  it('find what pictures show of them, though the encoder hardly hears them', async () => {
    expect(await right(shop(({ kind, colour }) => `${colour} ${kind}`))).toBeGreaterThan(0.95);
    expect(await right(shop(({ kind }) => kind))).toBeLessThan(0.5);
  });

  it('are left out where they tell nothing of the pictures', () => {
    const { sample } = shop(() => `${one(KINDS)} ${one(COLOURS)}`);
    const shows = new LinearMap(Array.from({ length: FEATURES }, () => vector(TEXT)));
    const features = shows.apply(sample.items.map(({ title }) => title));
    const fitting = fit({ ...sample, items: sample.items.map((item, i) => ({ ...item, features: features[i] })) });
    expect(fitting.outcome.kind).toBe('fitted');
    const said = (text: string) => fitting.centreQuery(encoded('lamp', 0), text);
    expect(said('navy lamp')).toEqual(said(''));
  });

  it('make the vectors that are compared no longer than those of texts', () => {
    const { sample } = shop(({ kind, colour }) => `${colour} ${kind}`);
    expect(fit(sample).dims.bridged).toBe(TEXT);
  });
});

describe('the widest axes of vectors', () => {
  it('keep the dot products of vectors that lie in few directions', () => {
    const directions = Array.from({ length: 6 }, () => vector(40));
    const flat = Array.from({ length: 300 }, () =>
      mixed(
        directions.map((own) => [normal(random), own] as const),
        40,
      ),
    );
    const axes = widestAxes(flat, 6);
    const [a = vector(40), b = vector(40)] = flat;
    const [x = vector(6), y = vector(6)] = axes.apply([a, b]);
    expect(dot(x, y)).toBeCloseTo(dot(a, b), 4);
  });

  it('are one map with what they follow', () => {
    const [first, second] = [5, 4].map(
      (outputs, i) => new LinearMap(Array.from({ length: outputs }, () => vector(i === 0 ? 7 : 5))),
    );
    const input = vector(7);
    const both = second && first ? second.after(first).apply([input])[0] : undefined;
    const [inner = input] = first?.apply([input]) ?? [];
    expect(subtract(both ?? input, second?.apply([inner])[0] ?? input).every((x) => Math.abs(x) < 1e-5)).toBe(true);
  });
});
