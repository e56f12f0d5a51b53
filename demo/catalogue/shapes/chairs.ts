import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { box, oval, polygon, symmetric } from '../drawing/path.ts';

function figure(layers: readonly Layer[], y = 226, width = 62): Figure {
  return { layers, stand: { on: 'floor', y, width } };
}

const splayed: readonly Layer[] = [
  {
    d: polygon([
      [96, 148],
      [106, 148],
      [104, 210],
      [98, 210],
    ]),
    paint: 'dark',
  },
  {
    d: polygon([
      [150, 148],
      [160, 148],
      [158, 210],
      [152, 210],
    ]),
    paint: 'dark',
  },
  {
    d: polygon([
      [82, 150],
      [93, 150],
      [80, 226],
      [74, 226],
    ]),
    paint: 'wood',
    shade: 'round',
  },
  {
    d: polygon([
      [163, 150],
      [174, 150],
      [182, 226],
      [176, 226],
    ]),
    paint: 'wood',
    shade: 'round',
  },
];

const seat = (y: number): string =>
  polygon([
    [92, y],
    [164, y],
    [182, y + 24],
    [74, y + 24],
  ]);

export const CHAIRS: Shapes = {
  'dining chair': (random) => {
    const top = random.between(34, 46);
    return figure([
      ...splayed,
      { d: `M90 142 L86 ${top} M166 142 L170 ${top}`, paint: 'wood', width: 8 },
      {
        d: symmetric([
          [0, top - 4],
          [30, top - 6, 50, top - 2],
          [47, top + 44],
          [24, top + 40, 0, top + 41],
        ]),
        paint: 'body',
        shade: 'soft',
      },
      { d: seat(134), paint: 'body', shade: 'top' },
      { d: box({ x: 74, y: 156, w: 108, h: 9, r: 4 }), paint: 'deep' },
    ]);
  },
  armchair: (random) => {
    const top = random.between(60, 72);
    return figure(
      [
        { d: 'M66 196 l-6 24 h8 l10 -24 Z M190 196 l6 24 h-8 l-10 -24 Z', paint: 'wood' },
        {
          d: symmetric([
            [0, top - 8],
            [52, top - 8, 54, top + 20],
            [52, 160],
            [0, 160],
          ]),
          paint: 'deep',
          shade: 'round',
        },
        {
          d: symmetric([
            [0, top + 6],
            [38, top + 4, 40, top + 28],
            [38, 150],
            [0, 150],
          ]),
          paint: 'body',
          shade: 'soft',
        },
        { d: box({ x: 70, y: 144, w: 116, h: 32, r: 12 }), paint: 'body', shade: 'top' },
        { d: box({ x: 64, y: 170, w: 128, h: 30, r: 8 }), paint: 'deep' },
        { d: box({ x: 46, y: 118, w: 34, h: 82, r: 17 }), paint: 'body', shade: 'round' },
        { d: box({ x: 176, y: 118, w: 34, h: 82, r: 17 }), paint: 'body', shade: 'round' },
      ],
      220,
      86,
    );
  },
  stool: (random) => {
    const top = random.between(76, 92);
    return figure(
      [
        {
          d: polygon([
            [98, top + 12],
            [108, top + 12],
            [90, 226],
            [82, 226],
          ]),
          paint: 'wood',
          shade: 'round',
        },
        {
          d: polygon([
            [148, top + 12],
            [158, top + 12],
            [174, 226],
            [166, 226],
          ]),
          paint: 'wood',
          shade: 'round',
        },
        {
          d: polygon([
            [123, top + 14],
            [133, top + 14],
            [132, 218],
            [124, 218],
          ]),
          paint: 'dark',
        },
        { d: 'M94 176 H162', paint: 'wood', width: 5 },
        { d: box({ x: 78, y: top, w: 100, h: 20, r: 9 }), paint: 'deep' },
        { d: oval({ x: 128, y: top + 3 }, 50, 15), paint: 'body', shade: 'top' },
      ],
      226,
      54,
    );
  },
  'shell chair': (random) => {
    const top = random.between(44, 56);
    return figure([
      { d: 'M112 160 L88 226 M144 160 L168 226 M106 160 L140 218 M150 160 L116 218', paint: 'wood', width: 5 },
      {
        d: symmetric([
          [0, top],
          [46, top, 52, top + 46],
          [54, 120, 66, 122],
          [70, 132, 58, 156],
          [40, 172, 0, 172],
        ]),
        paint: 'deep',
        shade: 'round',
      },
      {
        d: symmetric([
          [0, top + 8],
          [38, top + 8, 43, top + 50],
          [40, 128, 52, 140],
          [34, 158, 0, 158],
        ]),
        paint: 'body',
        shade: 'soft',
      },
    ]);
  },
  'lounge chair': (random) => {
    const lean = random.between(0, 10);
    return figure(
      [
        { d: `M56 224 L88 128 L206 116 L198 224 M62 206 L202 204`, paint: 'wood', width: 7 },
        {
          d: polygon([
            [60 + lean, 52],
            [92 + lean, 46],
            [122, 150],
            [96, 164],
          ]),
          paint: 'body',
          shade: 'round',
        },
        {
          d: polygon([
            [94, 146],
            [206, 138],
            [210, 158],
            [98, 172],
          ]),
          paint: 'body',
          shade: 'top',
        },
        {
          d: polygon([
            [98, 172],
            [210, 158],
            [210, 166],
            [98, 180],
          ]),
          paint: 'deep',
        },
        { d: 'M84 124 L212 116', paint: 'wood', width: 8 },
      ],
      226,
      84,
    );
  },
};
