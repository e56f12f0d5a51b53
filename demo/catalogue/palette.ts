/** A colour that the catalogue's items come in. */
export interface Colour {
  /** The word that the attribute and, sometimes, the title says. */
  readonly name: string;
  readonly hex: string;
  /** What a pattern is printed in on this colour. */
  readonly print: string;
  /** Trims, soles and linings that go well with it. */
  readonly accent: string;
  /** A pale wall that lets it stand out. */
  readonly backdrop: string;
}

export const COLOURS = {
  black: { name: 'black', hex: '#26262b', print: '#f2ede4', accent: '#c9a36a', backdrop: '#f3f2f0' },
  grey: { name: 'grey', hex: '#8d9299', print: '#f4f4f2', accent: '#3d4148', backdrop: '#f2f3f4' },
  white: { name: 'white', hex: '#f8f7f3', print: '#5a6b86', accent: '#c7b299', backdrop: '#e6e9ec' },
  cream: { name: 'cream', hex: '#ecdfc4', print: '#b06a45', accent: '#8a6a4a', backdrop: '#eef0ef' },
  navy: { name: 'navy', hex: '#26365f', print: '#f3efe4', accent: '#d9a441', backdrop: '#eef1f6' },
  blue: { name: 'blue', hex: '#5b93d3', print: '#ffffff', accent: '#24406e', backdrop: '#f6f2ec' },
  teal: { name: 'teal', hex: '#12827f', print: '#f6efdc', accent: '#e79a5b', backdrop: '#f5f1ea' },
  green: { name: 'green', hex: '#2f6b45', print: '#f0e9d2', accent: '#d8b25a', backdrop: '#f3f4ee' },
  sage: { name: 'sage', hex: '#9db08f', print: '#fbf7ea', accent: '#5b6b50', backdrop: '#f7f4ee' },
  yellow: { name: 'yellow', hex: '#ecb731', print: '#fffaf0', accent: '#5c4a2a', backdrop: '#eff2f5' },
  orange: { name: 'orange', hex: '#da6b32', print: '#fff1dd', accent: '#6b2f1c', backdrop: '#f1f4f3' },
  red: { name: 'red', hex: '#bf2c33', print: '#fff4ea', accent: '#3a1c22', backdrop: '#f5f2ef' },
  pink: { name: 'pink', hex: '#eba3b1', print: '#fff7f3', accent: '#9c3f57', backdrop: '#f1f3f1' },
  lilac: { name: 'lilac', hex: '#a68ccb', print: '#fbf6ff', accent: '#57407c', backdrop: '#f5f4ee' },
  brown: { name: 'brown', hex: '#7a4a2c', print: '#efdcc0', accent: '#3f2718', backdrop: '#f4f1ec' },
  natural: { name: 'natural', hex: '#cfab78', print: '#7d5a35', accent: '#7a5634', backdrop: '#f1f2f0' },
} as const satisfies Readonly<Record<string, Colour>>;

export type ColourName = keyof typeof COLOURS;

/** The same colour, lighter (above 0) or darker (below 0); the amount is at most 1. */
export function toned(hex: string, amount: number): string {
  const target = amount > 0 ? 255 : 0;
  const share = Math.abs(amount);
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `#${channels
    .map((c) =>
      Math.round(c + (target - c) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
