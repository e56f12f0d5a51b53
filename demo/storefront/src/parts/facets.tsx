import { useEffect, useState } from 'preact/hooks';

import { toggled, type Go, type Place } from '../shop/place.ts';
import { FACETS, rangeKey, rangeLabel } from '../shop/search-input.ts';
import type { Facet, FacetValue } from '../shop/types.ts';
import { FilterIcon } from './icons.tsx';
import { swatch } from './swatches.ts';

interface Props {
  readonly facets: readonly Facet[];
  readonly place: Place;
  readonly go: Go;
}

/** Filters: a sidebar on a wide screen, folded away on a phone. */
export function Facets({ facets, place, go }: Props) {
  const [wide, setWide] = useState(() => matchMedia('(min-width: 900px)').matches);
  useEffect(() => {
    const query = matchMedia('(min-width: 900px)');
    const change = (): void => setWide(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  const groups = FACETS.map(({ field, label }) => (
    <Group
      key={field}
      label={label}
      field={field}
      facet={facets.find((facet) => facet.field === field)}
      place={place}
      go={go}
    />
  ));
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

interface GroupProps extends Pick<Props, 'place' | 'go'> {
  readonly label: string;
  readonly field: string;
  readonly facet: Facet | undefined;
}

function Group({ label, field, facet, place, go }: GroupProps) {
  const chosen = place.chosen[field] ?? [];
  const values = (facet?.values ?? []).filter((value) => value.count > 0 || chosen.includes(keyOf(field, value)));
  if (values.length === 0) return null;
  return (
    <fieldset class="facet" data-field={field}>
      <legend>{label}</legend>
      {values.map((value) => {
        const key = keyOf(field, value);
        return (
          <label key={key}>
            <input type="checkbox" checked={chosen.includes(key)} onChange={() => go(toggled(place, field, key))} />
            {field === 'colour' && <i class="swatch" style={{ background: swatch(value.value) }} />}
            <span class="facet-value">{field === 'price' ? rangeLabel(value) : value.value}</span>
            <span class="facet-count">{value.count}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

function keyOf(field: string, value: FacetValue): string {
  return field === 'price' ? rangeKey(value) : value.value;
}
