import { toned } from '../palette.ts';

/** What is printed on a surface. */
export const PATTERNS = ['plain', 'stripes', 'dots', 'check', 'floral', 'chevron', 'botanical', 'speckled'] as const;

export type PatternName = (typeof PATTERNS)[number];

interface Print {
  readonly ink: string;
  readonly second: string;
  /** 1 suits a garment; a mug needs smaller, a rug larger. */
  readonly scale: number;
  readonly angle: number;
}

interface Tile {
  readonly size: number;
  readonly art: string;
}

const petal = (ink: string, heart: string, at: string): string =>
  `<g transform="translate(${at})">${[0, 72, 144, 216, 288]
    .map((turn) => `<ellipse cx="0" cy="-4.4" rx="2.7" ry="4.1" fill="${ink}" transform="rotate(${turn})"/>`)
    .join('')}<circle r="2.1" fill="${heart}"/></g>`;

const leaf = (ink: string, at: string): string =>
  `<g transform="${at}"><path d="M0 -9 Q6 -2 0 9 Q-6 -2 0 -9 Z" fill="${ink}"/></g>`;

const TILES: Readonly<Record<Exclude<PatternName, 'plain'>, (print: Print) => Tile>> = {
  stripes: ({ ink }) => ({ size: 16, art: `<rect width="7" height="16" fill="${ink}"/>` }),
  dots: ({ ink }) => ({
    size: 18,
    art: `<circle cx="4.5" cy="4.5" r="3.6" fill="${ink}"/><circle cx="13.5" cy="13.5" r="3.6" fill="${ink}"/>`,
  }),
  check: ({ ink, second }) => ({
    size: 24,
    art: `<rect width="9" height="24" fill="${ink}" opacity=".5"/><rect width="24" height="9" fill="${ink}" opacity=".5"/><path d="M16.5 0 V24 M0 16.5 H24" stroke="${second}" stroke-width="1.6" opacity=".8"/>`,
  }),
  floral: ({ ink, second }) => ({
    size: 32,
    art: `${petal(ink, second, '9 10')}${petal(second, ink, '25 26')}${leaf(ink, 'translate(24 9) rotate(50) scale(.55)')}${leaf(second, 'translate(9 26) rotate(-40) scale(.55)')}`,
  }),
  chevron: ({ ink }) => ({
    size: 18,
    art: `<path d="M0 13 L9 4 L18 13" fill="none" stroke="${ink}" stroke-width="4.4"/>`,
  }),
  botanical: ({ ink }) => ({
    size: 30,
    art: `<path d="M15 0 V30" stroke="${ink}" stroke-width="1.3"/>${[4, 14, 24].map((y) => leaf(ink, `translate(9.5 ${y}) rotate(-48) scale(.62)`) + leaf(ink, `translate(20.5 ${y}) rotate(48) scale(.62)`)).join('')}`,
  }),
  speckled: ({ ink, second }) => ({
    size: 22,
    art: [
      [3, 4],
      [12, 2],
      [18, 9],
      [7, 12],
      [14, 15],
      [3, 19],
      [20, 19],
    ]
      .map(
        ([x, y], at) =>
          `<circle cx="${String(x)}" cy="${String(y)}" r="${String(0.8 + (at % 3) * 0.55)}" fill="${at % 2 === 0 ? ink : second}"/>`,
      )
      .join(''),
  }),
};

/** The definition of a pattern under the id `print`, or nothing for a plain item. */
export function patternDefinition(
  name: PatternName,
  print: Omit<Print, 'second'> & { readonly accent: string },
): string {
  if (name === 'plain') return '';
  const { size, art } = TILES[name]({ ...print, second: toned(print.accent, 0.1) });
  return `<pattern id="print" width="${String(size)}" height="${String(size)}" patternUnits="userSpaceOnUse" patternTransform="rotate(${String(print.angle)}) scale(${String(print.scale)})">${art}</pattern>`;
}
