/** The field whose values are the paths of the category tree. */
export const CATEGORY_PATH = 'categoryPath';

const STEP = ' > ';

/** What stands above a path; the empty text above the first level. */
export function above(path: string): string {
  return path.split(STEP).slice(0, -1).join(STEP);
}

/** What a path is called in a menu. */
export function lastStep(path: string): string {
  return path.split(STEP).at(-1) ?? path;
}

/** The paths whose next level is shown: the root, and what is chosen with all that stands above it. */
export function openPaths(chosen: readonly string[]): readonly string[] {
  const open = chosen.flatMap((path) => {
    const steps = path.split(STEP);
    return steps.map((_, depth) => steps.slice(0, depth + 1).join(STEP));
  });
  return [...new Set(['', ...open])];
}
