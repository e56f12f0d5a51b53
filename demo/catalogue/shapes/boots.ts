import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { box } from '../drawing/path.ts';

/** A shaft and a foot in side view, toe to the right. */
function boot(top: number, slim: number): string {
  return `M${74 + slim} ${top} Q104 ${top - 5} ${136 - slim} ${top} L${138 - slim} 132 C142 150 172 152 196 164 Q214 174 213 200 L68 200 Q66 170 ${72 + slim} 140 Z`;
}

const flatSole: Layer = {
  d: 'M64 197 H214 Q220 206 214 213 H130 L124 209 H112 V214 H66 Q60 206 64 197 Z',
  paint: 'dark',
};

function figure(layers: readonly Layer[], y = 214): Figure {
  return { layers, stand: { on: 'floor', y, width: 84 } };
}

export const BOOTS: Shapes = {
  'chelsea boot': (random) => {
    const top = random.between(72, 88);
    return figure([
      { d: boot(top, 2), paint: 'body', shade: 'round' },
      { d: `M96 ${top - 2} L122 ${top - 2} L116 142 Q108 150 102 142 Z`, paint: 'dark', shade: 'soft' },
      { d: `M82 ${top - 2} q0 -16 8 -16 q8 0 8 16`, paint: 'accent', width: 4 },
      flatSole,
    ]);
  },
  'lace-up boot': (random) => {
    const top = random.between(58, 74);
    const hooks = Array.from({ length: 6 }, (_, at) => `M${116 + at * 1.4} ${top + 14 + at * 15} l24 -5`).join(' ');
    return figure(
      [
        { d: `M112 ${top - 8} Q134 ${top - 14} 146 ${top - 2} L150 136 H120 Z`, paint: 'inside' },
        { d: boot(top, 0), paint: 'body', shade: 'round' },
        {
          d: `M74 ${top} Q104 ${top - 5} 136 ${top} L136 ${top + 12} Q104 ${top + 8} 74 ${top + 12} Z`,
          paint: 'accent',
          shade: 'soft',
        },
        { d: 'M168 152 Q214 158 213 200 L160 200 Q152 168 168 152 Z', paint: 'deep', shade: 'top' },
        { d: hooks, paint: 'accent', width: 3.6 },
        {
          d: 'M62 194 H216 L222 204 L216 216 l-10 -4 -10 4 -10 -4 -10 4 -10 -4 -10 4 -12 -4 -10 4 -10 -6 H118 V216 l-12 -3 -12 3 -12 -3 -14 3 Z',
          paint: 'dark',
        },
      ],
      216,
    );
  },
  'tall boot': (random) => {
    const top = random.between(26, 38);
    return figure(
      [
        { d: boot(top, random.between(6, 10)), paint: 'body', shade: 'round' },
        { d: `M84 ${top + 20} Q104 ${top + 15} 128 ${top + 20}`, paint: 'dark', width: 1.4 },
        { d: 'M80 138 Q110 150 142 146', paint: 'accent', width: 5 },
        { d: 'M64 197 H214 Q219 203 213 208 H118 L112 203 L110 222 H70 Q64 208 64 197 Z', paint: 'dark' },
      ],
      222,
    );
  },
  'rain boot': (random) => {
    const top = random.between(44, 56);
    return figure([
      { d: `M76 ${top} Q104 ${top - 9} 138 ${top} Q104 ${top + 9} 76 ${top} Z`, paint: 'inside' },
      { d: boot(top, -2), paint: 'body', shade: 'round' },
      { d: `M72 ${top} Q104 ${top + 10} 138 ${top} l0 13 Q104 ${top + 23} 72 ${top + 13} Z`, paint: 'deep' },
      { d: `M96 ${top + 34} q-3 60 2 100`, paint: 'glow', width: 5 },
      { d: box({ x: 62, y: 192, w: 154, h: 20, r: 7 }), paint: 'accent', shade: 'soft' },
    ]);
  },
  'heeled boot': (random) => {
    const top = random.between(84, 98);
    return figure(
      [
        {
          d: `M78 ${top} Q104 ${top - 5} 130 ${top} L132 124 C138 148 170 168 206 186 Q222 194 214 206 L150 204 Q120 190 96 184 Q70 184 72 160 Z`,
          paint: 'body',
          shade: 'round',
        },
        { d: `M126 ${top} l5 34`, paint: 'accent', width: 3 },
        { d: 'M72 168 Q72 186 98 184 L92 214 H78 Z', paint: 'dark' },
        { d: 'M98 184 Q122 190 150 203 L216 205 q0 6 -6 7 H150 Q122 196 97 191 Z', paint: 'dark' },
      ],
      213,
    );
  },
};
