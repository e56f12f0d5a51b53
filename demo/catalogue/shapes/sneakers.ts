import type { Figure, Layer, Shapes } from '../drawing/figure.ts';

const laces = (rows: number): Layer => ({
  d: Array.from({ length: rows }, (_, at) => `M${118 + at * 12} ${106 + at * 9} l15 -10`).join(' '),
  paint: 'sole',
  width: 4.2,
});

/** A low shoe in side view, the toe to the right; `top` is the height of the heel collar. */
function upper(top: number): string {
  return `M34 ${top} C46 ${top - 8} 58 ${top + 2} 70 ${top - 4} L104 ${top - 12} C112 ${top - 14} 118 ${top - 4} 124 ${top + 4} C142 120 168 134 198 140 C222 145 230 158 230 178 L32 178 C26 160 34 150 34 ${top} Z`;
}

/** A low shoe: the collar dips behind the ankle and rises to the tongue. */
function lowUpper(heel: number): string {
  return `M36 ${heel + 2} C40 ${heel - 10} 54 ${heel - 10} 63 ${heel + 2} Q82 ${heel + 17} 101 ${heel - 6} L117 88 Q125 84 131 93 C148 116 176 134 204 142 C226 148 232 160 231 178 L32 178 C27 160 31 134 36 ${heel + 2} Z`;
}

/** The far side of the collar, seen through the opening. */
const opening = (heel: number): Layer => ({
  d: `M54 ${heel} Q84 ${heel - 14} 116 90 L112 ${heel + 6} Q80 ${heel + 24} 54 ${heel} Z`,
  paint: 'inside',
});

const sole = (height: number): string =>
  `M26 172 L234 172 Q240 ${172 + height * 0.5} 230 ${172 + height} Q200 ${176 + height} 128 ${175 + height} Q60 ${176 + height} 34 ${172 + height} Q22 ${172 + height * 0.6} 26 172 Z`;

function figure(layers: readonly Layer[], bottom: number): Figure {
  return { layers, stand: { on: 'floor', y: bottom, width: 108 } };
}

const heelTab = (top: number): Layer => ({
  d: `M33 ${top} q9 -9 20 -4 q-4 30 5 62 l-29 10 q-2 -30 4 -68 Z`,
  paint: 'accent',
  shade: 'soft',
});

export const SNEAKERS: Shapes = {
  'low-top': (random) => {
    const top = random.between(104, 114);
    return figure(
      [
        opening(top),
        { d: lowUpper(top), paint: 'body', shade: 'top' },
        { d: 'M188 138 C220 142 232 156 231 178 L176 178 Q172 152 188 138 Z', paint: 'deep', shade: 'top' },
        heelTab(top),
        {
          d: 'M112 94 Q120 84 130 94 C146 114 162 128 184 138 L162 150 C132 142 112 124 104 104 Z',
          paint: 'deep',
          shade: 'soft',
        },
        laces(4),
        { d: 'M72 170 Q88 136 124 144', paint: 'accent', width: random.between(5, 9) },
        { d: sole(20), paint: 'sole', shade: 'top' },
        { d: 'M32 182 H232', paint: 'accent', width: 2 },
      ],
      196,
    );
  },
  'high-top': (random) => {
    const top = random.between(46, 56);
    return figure(
      [
        { d: upper(top), paint: 'body', shade: 'top' },
        { d: 'M186 138 C220 142 232 156 231 178 L168 178 Q168 150 186 138 Z', paint: 'sole', shade: 'top' },
        {
          d: `M104 ${top - 10} L124 ${top + 4} C142 118 160 132 176 140 L156 152 C122 140 106 116 98 ${top + 6} Z`,
          paint: 'deep',
          shade: 'soft',
        },
        { d: `M106 ${top + 14} l17 -7 M108 ${top + 28} l19 -9 M111 ${top + 42} l20 -10`, paint: 'sole', width: 4.2 },
        laces(4),
        { d: 'M52 98 m-15 0 a15 15 0 1 0 30 0 a15 15 0 1 0 -30 0 Z', paint: 'accent', shade: 'soft' },
        { d: sole(20), paint: 'sole', shade: 'top' },
        { d: 'M32 182 H232', paint: 'accent', width: 2.4 },
      ],
      196,
    );
  },
  runner: (random) => {
    const top = random.between(106, 116);
    const height = random.between(28, 34);
    return figure(
      [
        opening(top),
        { d: lowUpper(top), paint: 'body', shade: 'top' },
        { d: 'M64 178 C80 142 106 142 136 178 Z', paint: 'accent', shade: 'soft' },
        { d: 'M100 178 C114 146 132 144 164 178', paint: 'print', width: 5 },
        heelTab(top),
        laces(4),
        {
          d: `M22 164 Q60 178 128 170 Q190 164 238 168 Q244 ${178 + height * 0.4} 226 ${168 + height} Q128 ${176 + height} 40 ${170 + height} Q14 ${168 + height} 22 164 Z`,
          paint: 'sole',
          shade: 'top',
        },
        { d: `M24 ${162 + height} Q128 ${174 + height} 230 ${164 + height}`, paint: 'accent', width: 5 },
      ],
      172 + height,
    );
  },
  'slip-on': (random) => {
    const top = random.between(104, 112);
    return figure(
      [
        { d: `M56 ${top - 4} Q96 ${top + 8} 128 ${top - 4} L120 ${top + 16} H60 Z`, paint: 'inside' },
        {
          d: `M34 ${top} Q58 ${top - 12} 66 ${top + 4} Q96 ${top + 22} 126 ${top - 6} C150 118 196 132 214 146 Q230 158 230 178 H32 Q26 150 34 ${top} Z`,
          paint: 'body',
          shade: 'top',
        },
        { d: `M104 ${top + 8} q12 -4 22 -14 l16 12 q-8 14 -22 20 Z`, paint: 'dark' },
        { d: sole(18), paint: 'sole', shade: 'top' },
        { d: 'M32 181 H232', paint: 'accent', width: 2 },
      ],
      194,
    );
  },
};
