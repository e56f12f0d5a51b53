import { toggled, type Go, type Place } from '../shop/place.ts';
import { rangeLabel, rangeOf } from '../shop/search-input.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  readonly place: Place;
  readonly go: Go;
  readonly currency: string;
}

/** What is filtered by; each can be taken away. */
export function ActiveFilters({ place, go, currency }: Props) {
  const active = Object.entries(place.chosen).flatMap(([field, values]) => values.map((value) => ({ field, value })));
  if (active.length === 0) return <span />;
  return (
    <ul class="active" aria-label="Active filters">
      {active.map(({ field, value }) => {
        const text = field === 'price' ? rangeLabel(rangeOf(value), currency) : value;
        return (
          <li key={`${field} ${value}`}>
            <button
              type="button"
              class="chip chip-on"
              aria-label={`Remove the filter ${text}`}
              onClick={() => go(toggled(place, field, value))}
            >
              {text} <CloseIcon />
            </button>
          </li>
        );
      })}
      <li>
        <button type="button" class="link" onClick={() => go({ chosen: {} })}>
          Clear all
        </button>
      </li>
    </ul>
  );
}
