import { useEffect, useState } from 'preact/hooks';

import { CATEGORY_PATH } from '../shop/category-path.ts';
import { facetChoices, useCatalogue } from '../shop/catalogue.ts';
import { toggled, type Go, type Place } from '../shop/place.ts';
import { rangeKey, rangeLabel } from '../shop/search-input.ts';
import type { Facet, FacetValue } from '../shop/types.ts';
import { CategoryMenu } from './category-menu.tsx';
import { FilterIcon } from './icons.tsx';
import { swatch } from './swatches.ts';

interface Props {
  readonly facets: readonly Facet[];
  /** Items that the facets were counted over. */
  readonly counted: number;
  readonly currency: string;
  readonly place: Place;
  readonly go: Go;
}

/** Filters: a sidebar on a wide screen, folded away on a phone. */
export function Facets({ facets, counted, currency, place, go }: Props) {
  const [wide, setWide] = useState(() => matchMedia('(min-width: 900px)').matches);
  useEffect(() => {
    const query = matchMedia('(min-width: 900px)');
    const change = (): void => setWide(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  const groups = facetChoices(useCatalogue()).map(({ field, label }) => {
    const counts = facets.filter((facet) => facet.field === field);
    if (field === CATEGORY_PATH) return <CategoryMenu key={field} levels={counts} place={place} go={go} />;
    const group = { label, field, counted, currency, place, go };
    return <Group key={field} {...group} facet={counts[0]} />;
  });
  if (wide) {
    return (
      <aside class="facets" aria-label="Filters">
        {groups}
      </aside>
    );
  }
  return (
    <details class="facets-fold">
      <summary class="button">
        <FilterIcon /> Filters
      </summary>
      <aside class="facets" aria-label="Filters">
        {groups}
      </aside>
    </details>
  );
}

interface GroupProps extends Omit<Props, 'facets'> {
  readonly label: string;
  readonly field: string;
  readonly facet: Facet | undefined;
}

function Group({ label, field, facet, counted, currency, place, go }: GroupProps) {
  const chosen = place.chosen[field] ?? [];
  const values = (facet?.values ?? []).filter((value) => value.count > 0 || chosen.includes(keyOf(field, value)));
  if (values.length === 0 || (chosen.length === 0 && !telling(values, counted))) return null;
  return (
    <fieldset class="facet" data-field={field}>
      <legend>{label}</legend>
      {values.map((value) => {
        const key = keyOf(field, value);
        return (
          <label key={key}>
            <input type="checkbox" checked={chosen.includes(key)} onChange={() => go(toggled(place, field, key))} />
            {/colou?r/i.test(field) && <i class="swatch" style={{ background: swatch(value.value) }} />}
            <span class="facet-value">{field === 'price' ? rangeLabel(value, currency) : value.value}</span>
            <span class="facet-count">{value.count}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** A field tells kinds of items apart when its common values cover a fair part of them; one that names each item does not. */
function telling(values: readonly FacetValue[], counted: number): boolean {
  return values.reduce((sum, { count }) => sum + count, 0) >= 0.3 * counted;
}

function keyOf(field: string, value: FacetValue): string {
  return field === 'price' ? rangeKey(value) : value.value;
}
