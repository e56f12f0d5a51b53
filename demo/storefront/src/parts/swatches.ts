import { COLOURS } from '../../../catalogue/palette.ts';

const hexes: Readonly<Record<string, { readonly hex: string } | undefined>> = COLOURS;

/** The colour that words stand for: the palette's, else the style sheet's, else that of the last word; unknown ones are drawn half and half. */
export function swatch(name: string): string {
  const word = name.toLowerCase();
  const styled = [word.replaceAll(/[^a-z]/g, ''), word.split(/[^a-z]+/).at(-1) ?? ''];
  return (
    hexes[word]?.hex ??
    styled.find((one) => one !== '' && CSS.supports('color', one)) ??
    'linear-gradient(135deg, #fff 50%, #c9c9c9 50%)'
  );
}
