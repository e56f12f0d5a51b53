import { labelOf } from '../shop/catalogue.ts';
import type { Highlight } from '../shop/types.ts';

/** Where a hit says what was searched, in its title and description. */
export function Said({ highlights }: { readonly highlights: readonly Highlight[] }) {
  const told = highlights.filter(({ field }) => field === 'title' || field === 'description');
  if (told.length === 0) return null;
  return (
    <ul class="said" aria-label="Where it says what was searched">
      {told.map(({ field, parts }) => (
        <li key={field}>
          <span class="quiet">{labelOf(field)}</span>{' '}
          {parts.map(({ text, matched }, at) => (matched ? <mark key={at}>{text}</mark> : text))}
        </li>
      ))}
    </ul>
  );
}
