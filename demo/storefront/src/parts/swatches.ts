import { COLOURS } from '../../../catalogue/palette.ts';

const hexes: Readonly<Record<string, { readonly hex: string } | undefined>> = COLOURS;

/** The colour that a word stands for; unknown words are drawn half and half. */
export function swatch(name: string): string {
  return hexes[name]?.hex ?? 'linear-gradient(135deg, #fff 50%, #c9c9c9 50%)';
}
