/** How a material looks close by: a fine tile over the colour, and how strongly it shines. */
export interface Texture {
  readonly tile: string;
  readonly size: readonly [number, number];
  /** 0 is matt, 1 a mirror. */
  readonly gloss: number;
}

const line = (d: string, dark: number, width = 0.7): string =>
  `<path d="${d}" fill="none" stroke="#000" stroke-opacity="${String(dark)}" stroke-width="${String(width)}"/>`;
const light = (d: string, strength: number, width = 0.7): string =>
  `<path d="${d}" fill="none" stroke="#fff" stroke-opacity="${String(strength)}" stroke-width="${String(width)}"/>`;

const weave: Texture = {
  tile: line('M0 1 H4 M1 0 V4', 0.13) + light('M0 3 H4 M3 0 V4', 0.2),
  size: [4, 4],
  gloss: 0.05,
};
const smooth: Texture = { tile: '', size: [2, 2], gloss: 0.06 };
const shine = (gloss: number): Texture => ({ tile: '', size: [4, 4], gloss });
const knit: Texture = {
  tile: line('M0 0 L3 4 L6 0 M0 4 L3 8 L6 4', 0.2, 1) + light('M0 1.6 L3 5.6 L6 1.6', 0.2, 0.8),
  size: [6, 8],
  gloss: 0,
};
const straw: Texture = {
  tile: line('M0 2 H8 M0 6 H8', 0.22, 1) + line('M2 0 V4 M6 4 V8', 0.3, 1.2) + light('M4 0 V4 M0 4 V8', 0.28, 1),
  size: [8, 8],
  gloss: 0.03,
};
const lattice: Texture = {
  tile: line('M0 0 L10 10 M10 0 L0 10', 0.34, 1.5) + light('M5 0 V10', 0.2, 1),
  size: [10, 10],
  gloss: 0.06,
};
const grain: Texture = {
  tile:
    line('M0 3 Q20 0 40 3 T80 3 M0 8 Q24 12 44 8 T80 8 M0 13 Q16 10 38 13 T80 13', 0.17, 0.9) +
    light('M0 5.5 Q30 3 50 6 T80 5.5', 0.16),
  size: [80, 16],
  gloss: 0.1,
};
const boucle: Texture = {
  tile:
    line('M2 3 a2 2 0 1 0 3 -1 M7 8 a2 2 0 1 0 3 -1 M8 2 a1.6 1.6 0 1 1 2 2 M1 9 a1.6 1.6 0 1 1 2 2', 0.17, 0.9) +
    light('M4 6 a2 2 0 1 0 3 -1', 0.4, 1),
  size: [12, 12],
  gloss: 0,
};
const pebble: Texture = {
  tile: line('M1 1 q2 1 1 3 M4 3 q2 0 2 2 M1 5 q2 -1 3 1', 0.11, 0.6),
  size: [7, 7],
  gloss: 0.3,
};
const nap: Texture = {
  tile: light('M1 0 l1 3 M4 2 l-1 3', 0.1, 0.9) + line('M2 3 l1 2', 0.09, 0.8),
  size: [5, 5],
  gloss: 0.02,
};
const stone: Texture = {
  tile: '<g fill="#3a2c20" fill-opacity=".34"><circle cx="3" cy="5" r=".9"/><circle cx="14" cy="2" r=".6"/><circle cx="9" cy="12" r="1"/><circle cx="18" cy="15" r=".7"/></g>',
  size: [21, 18],
  gloss: 0.22,
};

export const TEXTURES = {
  cotton: smooth,
  linen: weave,
  silk: shine(0.42),
  denim: { tile: line('M0 4 L4 0', 0.3, 1.1) + light('M1 5 L5 1', 0.22, 0.8), size: [4, 4], gloss: 0 },
  wool: knit,
  leather: pebble,
  suede: nap,
  canvas: weave,
  rubber: shine(0.5),
  straw,
  nylon: shine(0.28),
  velvet: { ...nap, gloss: 0.2 },
  bouclé: boucle,
  oak: grain,
  rattan: lattice,
  metal: shine(0.6),
  paper: { tile: line('M0 1 H6', 0.16, 1) + light('M0 4 H6', 0.4, 1.2), size: [6, 7], gloss: 0 },
  glass: shine(0.85),
  ceramic: shine(0.46),
  stoneware: stone,
  terracotta: { tile: line('M0 1.5 H40', 0.09, 1), size: [40, 5], gloss: 0.04 },
  enamel: shine(0.55),
  jute: straw,
} as const satisfies Readonly<Record<string, Texture>>;

export type MaterialName = keyof typeof TEXTURES;
