import type { Figure, Layer, Shapes } from '../drawing/figure.ts';
import { box, symmetric } from '../drawing/path.ts';

/** Shoulders to hem, without sleeves. */
function torso(width: number, length: number): string {
  return symmetric([
    [0, 56],
    [14, 56, 21, 42],
    [width - 3, 53],
    [width - 5, 100],
    [width - 3, length - 10],
    [width - 2, length, width - 12, length + 1],
    [0, length + 4],
  ]);
}

/** Both sleeves: how far out and how far down the cuff is. */
function sleeves(width: number, out: number, down: number): string {
  return symmetric([
    [width - 26, 48],
    [width - 4, 52],
    [width + out * 0.5, 54 + down * 0.14, width + out, 60 + down],
    [width + out - 24, 66 + down],
    [width - 6, 104],
    [width - 30, 100],
  ]);
}

const collar: Layer = {
  d: 'M128 60 L108 40 L101 53 L117 76 Z M128 60 L148 40 L155 53 L139 76 Z',
  paint: 'deep',
  shade: 'top',
};
const neckline: Layer = { d: 'M107 43 Q128 36 149 43 L128 62 Z', paint: 'inside' };

function buttons(length: number): readonly Layer[] {
  return [
    { d: `M123 62 V${length + 3} M133 62 V${length + 3}`, paint: 'dark', width: 0.9 },
    { d: `M128 78 V${length - 8}`, paint: 'accent', width: 4.4, dash: '0.1 22' },
  ];
}

function pocket(x: number): Layer {
  return { d: box({ x, y: 92, w: 24, h: 27, r: 3 }), paint: 'dark', width: 1 };
}

function figure(layers: readonly Layer[]): Figure {
  return { layers, stand: { on: 'wall' } };
}

export const SHIRTS: Shapes = {
  'button-down': (random) => {
    const length = random.between(212, 224);
    return figure([
      { d: sleeves(58, random.between(26, 34), random.between(102, 116)), paint: 'deep', shade: 'round' },
      { d: torso(58, length), paint: 'body', shade: 'round' },
      neckline,
      collar,
      ...buttons(length),
      pocket(random.chance(0.7) ? 143 : 89),
    ]);
  },
  'camp shirt': (random) => {
    const length = random.between(202, 214);
    return figure([
      { d: sleeves(64, random.between(22, 30), random.between(44, 56)), paint: 'deep', shade: 'round' },
      { d: torso(64, length), paint: 'body', shade: 'round' },
      { d: 'M108 42 Q128 36 148 42 L128 84 Z', paint: 'inside' },
      {
        d: 'M128 86 L106 40 L96 54 L112 66 L106 72 Z M128 86 L150 40 L160 54 L144 66 L150 72 Z',
        paint: 'deep',
        shade: 'top',
      },
      { d: `M128 92 V${length - 8}`, paint: 'accent', width: 4.6, dash: '0.1 24' },
      { d: `M128 86 V${length + 3}`, paint: 'dark', width: 0.9 },
    ]);
  },
  tee: (random) => {
    const length = random.between(206, 218);
    return figure([
      { d: sleeves(60, random.between(24, 30), random.between(36, 50)), paint: 'deep', shade: 'round' },
      { d: torso(60, length), paint: 'body', shade: 'round' },
      { d: 'M107 43 Q128 36 149 43 Q142 62 128 62 Q114 62 107 43 Z', paint: 'inside' },
      { d: 'M106 43 Q112 64 128 64 Q144 64 150 43', paint: 'deep', width: 5 },
      ...(random.chance(0.5) ? [pocket(144)] : []),
    ]);
  },
  overshirt: (random) => {
    const length = random.between(208, 218);
    return figure([
      { d: sleeves(66, random.between(20, 26), random.between(106, 116)), paint: 'deep', shade: 'round' },
      { d: torso(66, length), paint: 'body', shade: 'round' },
      neckline,
      collar,
      ...buttons(length),
      { d: box({ x: 84, y: 88, w: 30, h: 32, r: 3 }), paint: 'deep', shade: 'top' },
      { d: box({ x: 142, y: 88, w: 30, h: 32, r: 3 }), paint: 'deep', shade: 'top' },
      { d: 'M84 98 h30 M142 98 h30', paint: 'dark', width: 1 },
    ]);
  },
  polo: (random) => {
    const length = random.between(206, 218);
    return figure([
      { d: sleeves(59, 25, random.between(38, 48)), paint: 'deep', shade: 'round' },
      { d: torso(59, length), paint: 'body', shade: 'round' },
      neckline,
      collar,
      { d: box({ x: 122, y: 62, w: 12, h: 42, r: 2 }), paint: 'deep' },
      { d: 'M128 74 V98', paint: 'accent', width: 4.2, dash: '0.1 12' },
    ]);
  },
};
