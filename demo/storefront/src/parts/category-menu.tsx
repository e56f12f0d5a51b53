import { above, CATEGORY_PATH, lastStep } from '../shop/category-path.ts';
import type { Go, Place } from '../shop/place.ts';
import type { Facet } from '../shop/types.ts';

interface Props {
  /** One for each level that is open. */
  readonly levels: readonly Facet[];
  readonly place: Place;
  readonly go: Go;
}

/** The category tree, as far as it is open: a path that is chosen shows what is below it, and is left for the one above. */
export function CategoryMenu({ levels, place, go }: Props) {
  const [chosen] = place.chosen[CATEGORY_PATH] ?? [];
  const counts = new Map(levels.flatMap(({ values }) => values.map(({ value, count }) => [value, count] as const)));
  const paths = [...counts.keys()].filter((path) => (counts.get(path) ?? 0) > 0 || path === chosen);
  const choose = (path: string): void => {
    const { [CATEGORY_PATH]: _, ...others } = place.chosen;
    const next = path === chosen ? above(path) : path;
    go({ chosen: next === '' ? others : { ...others, [CATEGORY_PATH]: [next] } });
  };
  const level = (parent: string) => {
    const below = paths.filter((path) => above(path) === parent);
    return below.length === 0 ? null : (
      <ul class="category-level">
        {below.map((path) => (
          <li key={path}>
            <button type="button" aria-pressed={path === chosen} onClick={() => choose(path)}>
              <span class="facet-value">{lastStep(path)}</span>
              <span class="facet-count">{counts.get(path)}</span>
            </button>
            {level(path)}
          </li>
        ))}
      </ul>
    );
  };
  if (paths.length === 0) return null;
  return (
    <fieldset class="facet" data-field={CATEGORY_PATH}>
      <legend>Category</legend>
      {level('')}
    </fieldset>
  );
}
