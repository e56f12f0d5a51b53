/** Between the steps of a path. */
const STEP = ' > ';

/** Every step of a path from the root: of Women, Shoes, Boots they are Women, Women > Shoes and Women > Shoes > Boots. */
export function stepsOf(path: readonly string[]): readonly string[] {
  return path.map((_, depth) => path.slice(0, depth + 1).join(STEP));
}

/** How the paths below one begin; those of the first level are below the empty text. */
export function beginningBelow(above: string): string {
  return above === '' ? '' : above + STEP;
}
