import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { box, oval, symmetric } from '../drawing/path.ts';

function standing(layers: readonly Layer[], y = 222, width = 44): Figure {
  return { layers, stand: { on: 'floor', y, width } };
}

const halo = (y: number, radius: number): Layer => ({ d: oval({ x: 128, y }, radius), paint: 'glow' });

export const LAMPS: Shapes = {
  'table lamp': (random) => {
    const belly = random.between(24, 36);
    const rim = random.between(58, 68);
    return standing([
      {
        d: symmetric([
          [0, 126],
          [7, 126],
          [10, 140],
          [belly, 158, belly, 184],
          [belly - 4, 214, 20, 216],
          [22, 222],
          [0, 222],
        ]),
        paint: 'accent',
        shade: 'round',
      },
      {
        d: symmetric([
          [0, 42],
          [34, 42],
          [rim, 128],
          [30, 134, 0, 134],
        ]),
        paint: 'body',
        shade: 'round',
      },
      { d: `M94 42 H162 M${128 - rim} 128 Q128 140 ${128 + rim} 128`, paint: 'dark', width: 1.2 },
    ]);
  },
  'mushroom lamp': (random) => {
    const cap = random.between(70, 82);
    return standing([
      {
        d: symmetric([
          [0, 110],
          [16, 110],
          [20, 170, 36, 212],
          [38, 222],
          [0, 222],
        ]),
        paint: 'deep',
        shade: 'round',
      },
      {
        d: symmetric([
          [0, 48],
          [cap - 10, 48, cap, 120],
          [40, 132, 0, 132],
        ]),
        paint: 'body',
        shade: 'round',
      },
      {
        d: symmetric([
          [0, 126],
          [40, 126, cap, 119],
          [40, 133, 0, 133],
        ]),
        paint: 'glow',
      },
    ]);
  },
  pendant: (random) => {
    const rim = random.between(66, 84);
    return {
      layers: [
        { d: 'M128 0 V84', paint: 'dark', width: 2.4 },
        halo(182, 20),
        { d: box({ x: 119, y: 76, w: 18, h: 20, r: 4 }), paint: 'metal', shade: 'round' },
        {
          d: symmetric([
            [0, 92],
            [24, 92],
            [40, 96, rim - 4, 140, rim, 176],
            [rim, 182],
            [0, 182],
          ]),
          paint: 'body',
          shade: 'round',
        },
        {
          d: symmetric([
            [0, 174],
            [rim, 174],
            [40, 190, 0, 190],
          ]),
          paint: 'glow',
        },
      ],
      stand: { on: 'wall' },
    };
  },
  'floor lamp': (random) => {
    const rim = random.between(40, 50);
    return standing(
      [
        { d: 'M128 90 V222', paint: 'metal', width: 4.4 },
        { d: oval({ x: 128, y: 224 }, 34, 7), paint: 'metal', shade: 'top' },
        {
          d: symmetric([
            [0, 26],
            [26, 26],
            [rim, 96],
            [22, 101, 0, 101],
          ]),
          paint: 'body',
          shade: 'round',
        },
        { d: 'M140 100 v26', paint: 'metal', width: 1.4 },
      ],
      228,
      40,
    );
  },
  'globe lamp': (random) => {
    const radius = random.between(50, 60);
    return standing([
      {
        d: symmetric([
          [0, 172],
          [28, 172],
          [40, 214],
          [40, 222],
          [0, 222],
        ]),
        paint: 'accent',
        shade: 'round',
      },
      { d: oval({ x: 128, y: 176 - radius }, radius), paint: 'body', shade: 'round' },
      { d: oval({ x: 108, y: 156 - radius }, 13, 17), paint: 'glow' },
    ]);
  },
};
