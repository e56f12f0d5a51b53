import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { oval, symmetric, type Segment } from '../drawing/path.ts';

interface Cup {
  readonly top: number;
  readonly rim: number;
  readonly bottom: number;
  /** The right side from the rim down to the foot. */
  readonly side: readonly Segment[];
  readonly handle: string;
}

/** A cup: its handle behind, its wall, and the drink seen through the mouth. */
function cup({ top, rim, bottom, side, handle }: Cup, behind: readonly Layer[] = []): Figure {
  return {
    layers: [
      ...behind,
      { d: handle, paint: 'deep', width: 13 },
      { d: symmetric([[0, top], ...side]), paint: 'body', shade: 'round' },
      { d: oval({ x: 128, y: top }, rim, rim * 0.2), paint: 'inside' },
      { d: oval({ x: 128, y: top + 3 }, rim - 7, rim * 0.2 - 4), paint: 'wood' },
      { d: oval({ x: 128, y: top }, rim - 1, rim * 0.2 - 0.5), paint: 'deep', width: 3 },
    ],
    stand: { on: 'floor', y: bottom, width: rim + 12 },
  };
}

export const MUGS: Shapes = {
  'straight mug': (random) => {
    const rim = random.between(54, 62);
    const ear = 128 + rim;
    return cup({
      top: 82,
      rim,
      bottom: 206,
      side: [
        [rim, 82],
        [rim - 2, 194],
        [rim - 6, 208, rim - 18, 208],
        [0, 210],
      ],
      handle: `M${ear - 6} 108 C${ear + 46} 100 ${ear + 46} 186 ${ear - 8} 176`,
    });
  },
  'belly mug': (random) => {
    const rim = random.between(48, 54);
    return cup({
      top: 88,
      rim,
      bottom: 206,
      side: [
        [rim, 88],
        [rim + 20, 110, rim + 18, 180, rim - 8, 206],
        [0, 210],
      ],
      handle: 'M184 118 C236 106 232 188 184 178',
    });
  },
  'tapered mug': (random) => {
    const rim = random.between(60, 68);
    return cup({
      top: 86,
      rim,
      bottom: 206,
      side: [
        [rim, 86],
        [rim - 20, 198],
        [rim - 22, 208, rim - 32, 208],
        [0, 210],
      ],
      handle: 'M180 108 C232 102 222 172 172 170',
    });
  },
  'tall mug': (random) => {
    const rim = random.between(44, 50);
    const ear = 128 + rim;
    return cup({
      top: 58,
      rim,
      bottom: 212,
      side: [
        [rim, 58],
        [rim, 200],
        [rim - 4, 214, rim - 14, 214],
        [0, 216],
      ],
      handle: `M${ear - 6} 96 C${ear + 44} 92 ${ear + 44} 182 ${ear - 6} 176`,
    });
  },
  'espresso cup': (random) => {
    const rim = random.between(46, 52);
    const saucer: readonly Layer[] = [
      { d: oval({ x: 128, y: 196 }, 92, 17), paint: 'deep', shade: 'top' },
      { d: oval({ x: 128, y: 192 }, 52, 8), paint: 'dark' },
    ];
    return cup(
      {
        top: 112,
        rim,
        bottom: 206,
        side: [
          [rim, 112],
          [rim, 170, rim - 16, 190],
          [rim - 26, 195, 0, 195],
        ],
        handle: 'M170 126 C212 120 206 172 164 166',
      },
      saucer,
    );
  },
};
