import type { Layer, Shape, Shapes } from '../drawing/figure.ts';
import { box, oval } from '../drawing/path.ts';

interface Field {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Threads along the two short ends. */
function fringe({ x, y, w, h }: Field): Layer {
  const threads = Array.from({ length: Math.floor(w / 5) }, (_, at) => x + 3 + at * 5);
  return { d: threads.map((at) => `M${at} ${y} v-9 M${at} ${y + h} v9`).join(' '), paint: 'print', width: 1.8 };
}

const oblong =
  (low: number, high: number): Shape =>
  (random) => {
    const w = random.between(low, high);
    const h = random.between(206, 216);
    const field = { x: 128 - w / 2, y: 128 - h / 2, w, h };
    const inner = { x: field.x + 10, y: field.y + 10, w: w - 20, h: h - 20 };
    return {
      layers: [
        ...(random.chance(0.65) ? [fringe(field)] : []),
        { d: box({ ...field, r: 4 }), paint: 'body', shade: 'soft' },
        ...(random.chance(0.7) ? [{ d: box({ ...inner, r: 2 }), paint: 'accent', width: 3.4 } as const] : []),
      ],
      stand: { on: 'wall' },
    };
  };

export const RUGS: Shapes = {
  rectangular: oblong(140, 164),
  runner: oblong(74, 90),
  round: (random) => {
    const radius = random.between(94, 106);
    return {
      layers: [
        { d: oval({ x: 128, y: 128 }, radius), paint: 'body', shade: 'soft' },
        { d: oval({ x: 128, y: 128 }, radius - random.between(8, 16)), paint: 'accent', width: random.between(2, 5) },
      ],
      stand: { on: 'wall' },
    };
  },
  oval: (random) => {
    const rx = random.between(72, 84);
    return {
      layers: [
        { d: oval({ x: 128, y: 128 }, rx, 108), paint: 'body', shade: 'soft' },
        { d: oval({ x: 128, y: 128 }, rx - 12, 96), paint: 'accent', width: 3 },
        { d: oval({ x: 128, y: 128 }, rx - 26, 82), paint: 'accent', width: 1.4 },
      ],
      stand: { on: 'wall' },
    };
  },
};
