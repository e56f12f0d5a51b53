import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { box } from '../drawing/path.ts';

interface Frame {
  readonly width: number;
  readonly seats: number;
  readonly arm: number;
  readonly top: number;
  readonly round: number;
}

const FLOOR = 206;

function legs(width: number): Layer {
  const left = 128 - width / 2;
  return { d: `M${left + 14} 184 l-5 22 h6 l8 -22 Z M${left + width - 14} 184 l5 22 h-6 l-8 -22 Z`, paint: 'wood' };
}

/** Back cushions, seat cushions and two arms on legs. */
function couch({ width, seats, arm, top, round }: Frame, extra: readonly Layer[] = []): Figure {
  const left = 128 - width / 2;
  const inner = (width - 2 * arm) / seats;
  const places = Array.from({ length: seats }, (_, at) => left + arm + at * inner);
  return {
    layers: [
      legs(width),
      { d: box({ x: left + 6, y: top, w: width - 12, h: 92, r: round }), paint: 'deep', shade: 'top' },
      ...places.map((x): Layer => ({
        d: box({ x: x + 1, y: top + 8, w: inner - 2, h: 62, r: round * 0.8 }),
        paint: 'body',
        shade: 'soft',
      })),
      { d: box({ x: left + 4, y: 160, w: width - 8, h: 30, r: 6 }), paint: 'deep' },
      ...places.map((x): Layer => ({
        d: box({ x: x + 0.5, y: 146, w: inner - 1, h: 26, r: 8 }),
        paint: 'body',
        shade: 'top',
      })),
      { d: box({ x: left, y: 128, w: arm, h: 62, r: round }), paint: 'body', shade: 'top' },
      { d: box({ x: left + width - arm, y: 128, w: arm, h: 62, r: round }), paint: 'body', shade: 'top' },
      ...extra,
    ],
    stand: { on: 'floor', y: FLOOR, width: width / 2 },
  };
}

const pillow = (x: number, lean: number): Layer => ({
  d: `M${x} ${120 + lean} q17 -5 34 ${-2 * lean} q2 16 ${lean} 32 q-17 4 -34 ${2 * lean} q-4 -16 ${-lean} -32 Z`,
  paint: 'print',
  shade: 'soft',
});

export const SOFAS: Shapes = {
  'two-seater': (random) =>
    couch({ width: random.between(166, 182), seats: 2, arm: 24, top: random.between(88, 98), round: 12 }, [
      pillow(78, random.between(2, 5)),
    ]),
  'three-seater': (random) =>
    couch(
      {
        width: random.between(212, 226),
        seats: 3,
        arm: 20,
        top: random.between(100, 110),
        round: random.between(7, 12),
      },
      [pillow(48, 4), pillow(172, -4)],
    ),
  chesterfield: (random) => {
    const tufts = [0, 1, 2].flatMap((row) =>
      Array.from({ length: 8 }, (_, at) => `M${58 + at * 19 + (row % 2) * 9} ${116 + row * 11} h.1`),
    );
    const frame = { width: random.between(204, 220), seats: 1, arm: 30, top: 104, round: 16 };
    return couch(frame, [
      { d: tufts.join(' '), paint: 'dark', width: 3.6 },
      { d: 'M32 144 a10 10 0 1 0 .1 0 M224 144 a10 10 0 1 0 .1 0', paint: 'dark', width: 1.4 },
    ]);
  },
  loveseat: (random) => {
    const top = random.between(84, 92);
    return {
      layers: [
        legs(150),
        {
          d: `M40 186 C30 ${top} 78 ${top - 8} 128 ${top - 8} C178 ${top - 8} 226 ${top} 216 186 Z`,
          paint: 'deep',
          shade: 'round',
        },
        {
          d: `M68 160 C60 ${top + 10} 92 ${top + 6} 128 ${top + 6} C164 ${top + 6} 196 ${top + 10} 188 160 Z`,
          paint: 'body',
          shade: 'top',
        },
        { d: box({ x: 60, y: 150, w: 136, h: 30, r: 14 }), paint: 'body', shade: 'top' },
        { d: 'M128 98 V150', paint: 'dark', width: 1 },
      ],
      stand: { on: 'floor', y: FLOOR, width: 84 },
    };
  },
  chaise: (random) => {
    const length = random.between(60, 74);
    return couch({ width: 210, seats: 2, arm: 20, top: 102, round: 10 }, [
      { d: box({ x: 44, y: 150, w: 84, h: length * 0.72, r: 10 }), paint: 'body', shade: 'top' },
      { d: box({ x: 44, y: 180, w: 84, h: 18, r: 6 }), paint: 'deep' },
      pillow(164, -4),
    ]);
  },
};
