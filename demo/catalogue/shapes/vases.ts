import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { oval, symmetric, type Segment } from '../drawing/path.ts';
import type { Random } from '../random.ts';

/** A few dried stems, in some of the vases. */
function stems(random: Random, mouth: number): readonly Layer[] {
  if (!random.chance(0.35)) return [];
  return [-1, -0.3, 0.4, 1].flatMap((lean) => {
    const x = 128 + lean * 30 + random.between(-5, 5);
    const y = random.between(14, 34);
    return [
      { d: `M128 ${mouth + 6} Q${128 + lean * 8} ${(mouth + y) / 2} ${x} ${y}`, paint: 'leaf', width: 1.8 },
      { d: oval({ x, y }, 4.5, 9), paint: 'leaf', shade: 'soft' },
      { d: oval({ x: (x + 128) / 2 + 5, y: (y + mouth) / 2 }, 7, 3), paint: 'leaf' },
    ] as const;
  });
}

function pot(random: Random, half: readonly Segment[], extra: readonly Layer[] = []): Figure {
  const [rim = 20, mouth = 60] = half[0] ?? [];
  return {
    layers: [
      ...stems(random, mouth),
      ...extra,
      { d: oval({ x: 128, y: mouth }, rim, Math.max(3, rim * 0.18)), paint: 'inside' },
      {
        d: symmetric([[0, mouth + rim * 0.16], [rim * 0.7, mouth + rim * 0.16, rim, mouth], ...half.slice(1)]),
        paint: 'body',
        shade: 'round',
      },
    ],
    stand: { on: 'floor', y: 222, width: 46 },
  };
}

export const VASES: Shapes = {
  bottle: (random) => {
    const belly = random.between(42, 54);
    return pot(random, [
      [15, 52],
      [12, 70, 12, 100],
      [16, 124, belly, 140, belly, 176],
      [belly, 214, 30, 222],
      [14, 225, 0, 225],
    ]);
  },
  amphora: (random) => {
    const belly = random.between(56, 64);
    const ears: Layer = { d: 'M106 74 C62 60 62 122 86 126 M150 74 C194 60 194 122 170 126', paint: 'deep', width: 8 };
    return pot(
      random,
      [
        [24, 60],
        [18, 72, 18, 88],
        [belly + 4, 104, belly, 150],
        [50, 200, 28, 222],
        [14, 225, 0, 225],
      ],
      [ears],
    );
  },
  cylinder: (random) => {
    const width = random.between(34, 46);
    return pot(random, [
      [width, 64],
      [width + 1, 214],
      [width - 2, 222, width - 10, 223],
      [10, 226, 0, 226],
    ]);
  },
  'moon vase': (random) => {
    const width = random.between(66, 76);
    return pot(random, [
      [20, 76],
      [20, 90],
      [width, 96, width + 2, 154],
      [width - 4, 210, 30, 221],
      [14, 224, 0, 224],
    ]);
  },
  fluted: (random) => {
    const waist = random.between(20, 28);
    return pot(random, [
      [52, 64],
      [46, 104, waist, 120, waist, 148],
      [waist, 182, 44, 196, 42, 218],
      [20, 224, 0, 224],
    ]);
  },
};
