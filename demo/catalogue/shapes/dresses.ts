import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { symmetric } from '../drawing/path.ts';

interface Cut {
  readonly waist: number;
  readonly hem: number;
  readonly length: number;
  readonly neck: number;
  readonly strap: number;
}

const HANGING = { on: 'wall' } as const;

/** Straps, a bodice to the waist and a skirt to the hem. */
function gown({ waist, hem, length, neck, strap }: Cut): string {
  return symmetric([
    [0, neck],
    [strap * 0.6, neck - 2, strap, 36],
    [strap + 15, 39],
    [strap + 9, 66, 39, 76],
    [36, 92, waist, 110],
    [waist + 10, 130, hem - 8, length - 40, hem, length],
    [hem * 0.5, length + 7, 0, length + 8],
  ]);
}

/** Both sleeves as one layer behind the bodice. */
function sleeves(length: number, flare: number): string {
  const cuff = 52 + length * 0.42;
  return symmetric([
    [10, 40],
    [30, 37],
    [cuff - 4, 54, cuff + flare, 60 + length],
    [cuff - 16, 66 + length],
    [44, 80],
    [10, 84],
  ]);
}

const folds = (hem: number, length: number): readonly Layer[] =>
  [-0.55, -0.15, 0.3, 0.62].map((share) => ({
    d: `M${128 + share * 34} 122 Q${128 + share * hem * 0.8} ${length - 50} ${128 + share * hem} ${length - 2}`,
    paint: 'dark',
    width: 0.9,
  }));

function figure(layers: readonly Layer[]): Figure {
  return { layers, stand: HANGING };
}

export const DRESSES: Shapes = {
  'A-line': (random) => {
    const cut = {
      waist: random.between(25, 30),
      hem: random.between(62, 80),
      length: random.between(196, 214),
      neck: 58,
      strap: 15,
    };
    const belt = symmetric([
      [0, 105],
      [cut.waist + 2, 104],
      [cut.waist + 2, 113],
      [0, 114],
    ]);
    const layers: readonly Layer[] = [
      { d: gown(cut), paint: 'body', shade: 'round' },
      ...folds(cut.hem, cut.length),
      { d: belt, paint: 'accent' },
    ];
    return figure(layers);
  },
  slip: (random) => {
    const length = random.between(206, 226);
    const hem = random.between(44, 54);
    return figure([
      { d: 'M106 74 L112 30 M150 74 L144 30', paint: 'deep', width: 2.6 },
      {
        d: symmetric([
          [0, 84],
          [14, 70, 23, 70],
          [36, 82],
          [33, 104, 30, 116],
          [34, 140, hem - 3, length - 30, hem, length],
          [20, length + 5, 0, length + 5],
        ]),
        paint: 'body',
        shade: 'round',
      },
      ...folds(hem * 0.8, length),
    ]);
  },
  wrap: (random) => {
    const cut = { waist: 29, hem: random.between(54, 66), length: random.between(198, 214), neck: 92, strap: 14 };
    return figure([
      { d: sleeves(random.between(34, 62), 8), paint: 'deep', shade: 'round' },
      { d: gown(cut), paint: 'body', shade: 'round' },
      { d: `M113 40 Q120 80 152 108 M142 40 Q138 70 120 90`, paint: 'dark', width: 1.4 },
      { d: `M152 110 Q146 160 164 ${cut.length + 2}`, paint: 'dark', width: 1.4 },
      { d: 'M98 106 Q128 114 158 104 L158 112 Q128 122 98 114 Z', paint: 'deep' },
      { d: 'M152 110 q14 10 10 42 M154 110 q22 6 22 30', paint: 'deep', width: 4 },
    ]);
  },
  'shirt dress': (random) => {
    const cut = { waist: 34, hem: random.between(48, 58), length: random.between(186, 206), neck: 46, strap: 14 };
    return figure([
      { d: sleeves(random.between(60, 82), 0), paint: 'deep', shade: 'round' },
      { d: gown(cut), paint: 'body', shade: 'round' },
      { d: 'M128 50 L112 36 L104 48 L118 66 Z M128 50 L144 36 L152 48 L138 66 Z', paint: 'deep', shade: 'top' },
      { d: `M124 58 V${cut.length + 5} M132 58 V${cut.length + 5}`, paint: 'dark', width: 0.9 },
      { d: `M128 72 V${cut.length - 10}`, paint: 'accent', width: 4.2, dash: '0.1 17' },
    ]);
  },
  tiered: (random) => {
    const hem = random.between(70, 86);
    const tier = (y: number, from: number, to: number): Layer => ({
      d: symmetric([
        [0, y],
        [from, y],
        [to - 4, y + 22, to, y + 46],
        [to * 0.5, y + 52, 0, y + 51],
      ]),
      paint: 'body',
      shade: 'top',
    });
    return figure([
      { d: sleeves(20, 16), paint: 'deep', shade: 'round' },
      tier(178, hem * 0.8, hem),
      tier(138, hem * 0.58, hem * 0.82),
      tier(100, 32, hem * 0.6),
      {
        d: symmetric([
          [0, 56],
          [12, 54, 18, 36],
          [34, 40],
          [30, 66, 38, 78],
          [34, 106],
          [0, 110],
        ]),
        paint: 'body',
        shade: 'round',
      },
    ]);
  },
};
