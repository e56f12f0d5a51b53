import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { box, oval, symmetric } from '../drawing/path.ts';

function figure(layers: readonly Layer[], y = 212, width = 78): Figure {
  return { layers, stand: { on: 'floor', y, width } };
}

export const BAGS: Shapes = {
  tote: (random) => {
    const drop = random.between(28, 44);
    const flare = random.between(0, 12);
    return figure([
      { d: `M100 100 C100 ${drop} 156 ${drop} 156 100`, paint: 'accent', width: 7 },
      {
        d: symmetric([
          [0, 92],
          [68 + flare, 92],
          [66, 204],
          [64, 212, 56, 212],
          [0, 212],
        ]),
        paint: 'body',
        shade: 'round',
      },
      {
        d: symmetric([
          [0, 92],
          [68 + flare, 92],
          [68 + flare, 102],
          [0, 102],
        ]),
        paint: 'deep',
      },
      { d: `M92 118 C92 ${drop + 14} 164 ${drop + 14} 164 118`, paint: 'accent', width: 7 },
      { d: 'M88 112 h9 v16 h-9 Z M160 112 h9 v16 h-9 Z', paint: 'accent' },
    ]);
  },
  satchel: (random) => {
    const flap = random.between(158, 174);
    return figure(
      [
        { d: 'M56 110 C56 20 200 20 200 110', paint: 'accent', width: 5 },
        { d: box({ x: 50, y: 96, w: 156, h: 112, r: 14 }), paint: 'body', shade: 'round' },
        {
          d: symmetric([
            [0, 92],
            [70, 92],
            [80, 94, 80, 106],
            [79, flap - 12],
            [76, flap, 62, flap],
            [0, flap],
          ]),
          paint: 'deep',
          shade: 'top',
        },
        { d: `M92 104 V${flap + 8} M164 104 V${flap + 8}`, paint: 'accent', width: 9 },
        { d: `M86 ${flap - 4} h12 v12 h-12 Z M158 ${flap - 4} h12 v12 h-12 Z`, paint: 'metal', width: 2.6 },
      ],
      208,
      84,
    );
  },
  backpack: (random) => {
    const top = random.between(48, 58);
    return figure(
      [
        { d: `M112 ${top} Q128 ${top - 24} 144 ${top}`, paint: 'accent', width: 6 },
        {
          d: symmetric([
            [0, top - 6],
            [56, top - 6, 60, top + 40],
            [64, 200],
            [62, 214, 48, 214],
            [0, 214],
          ]),
          paint: 'body',
          shade: 'round',
        },
        { d: `M72 ${top + 56} Q128 ${top + 34} 184 ${top + 56}`, paint: 'metal', width: 2.4 },
        { d: box({ x: 80, y: 140, w: 96, h: 64, r: 12 }), paint: 'deep', shade: 'top' },
        { d: 'M82 154 H174', paint: 'metal', width: 2.4 },
        { d: box({ x: 120, y: 152, w: 16, h: 22, r: 3 }), paint: 'accent' },
      ],
      214,
      70,
    );
  },
  duffel: (random) => {
    const handle = random.between(40, 58);
    return figure(
      [
        { d: `M96 120 C98 ${handle} 158 ${handle} 160 120`, paint: 'accent', width: 7 },
        { d: box({ x: 30, y: 104, w: 196, h: 98, r: 40 }), paint: 'body', shade: 'top' },
        { d: 'M96 104 V202 M160 104 V202', paint: 'accent', width: 9 },
        { d: 'M52 116 H204', paint: 'metal', width: 2.6 },
        { d: box({ x: 30, y: 122, w: 20, h: 62, r: 10 }), paint: 'accent', shade: 'soft' },
        { d: box({ x: 206, y: 122, w: 20, h: 62, r: 10 }), paint: 'accent', shade: 'soft' },
      ],
      202,
      98,
    );
  },
  'bucket bag': (random) => {
    const mouth = random.between(44, 52);
    return figure([
      { d: 'M90 104 C70 14 186 14 166 104', paint: 'accent', width: 5 },
      { d: oval({ x: 128, y: 94 }, mouth, 11), paint: 'inside' },
      {
        d: symmetric([
          [0, 105],
          [30, 105, mouth, 94],
          [60, 150, 58, 196],
          [40, 212, 0, 212],
        ]),
        paint: 'body',
        shade: 'round',
      },
      {
        d: symmetric([
          [0, 196],
          [36, 196, 59, 184],
          [58, 198],
          [40, 213, 0, 213],
        ]),
        paint: 'accent',
        shade: 'soft',
      },
      { d: 'M88 116 Q128 130 168 116', paint: 'accent', width: 3, dash: '7 6' },
    ]);
  },
};
