import { useEffect, useState } from 'preact/hooks';

/** Where in the shop one is. The address bar holds all of it, so every view can be shared and the back button works. */
export interface Place {
  readonly query: string;
  /** The id of an uploaded picture. */
  readonly picture: string | null;
  /** Chosen values by facet field; price ranges are written from-to. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  readonly sort: SortKey;
  /** The item whose page is open. */
  readonly item: string | null;
  readonly shopper: string | null;
}

export const SORTS = {
  relevance: 'Best match',
  price: 'Price, low to high',
  newest: 'Newest',
  popularity: 'Most popular',
} as const;
export type SortKey = keyof typeof SORTS;

const CHOSEN = 'is.';

export function readPlace(search: string): Place {
  const parameters = new URLSearchParams(search);
  const chosen: Record<string, readonly string[]> = {};
  for (const name of new Set(parameters.keys()))
    if (name.startsWith(CHOSEN)) chosen[name.slice(CHOSEN.length)] = parameters.getAll(name);
  const sort = parameters.get('sort') ?? '';
  return {
    query: parameters.get('q') ?? '',
    picture: parameters.get('picture'),
    chosen,
    sort: sort in SORTS ? (sort as SortKey) : 'relevance',
    item: parameters.get('item'),
    shopper: parameters.get('as'),
  };
}

export function addressOf(place: Place): string {
  const parameters = new URLSearchParams();
  if (place.query) parameters.set('q', place.query);
  if (place.picture) parameters.set('picture', place.picture);
  for (const [field, values] of Object.entries(place.chosen))
    for (const value of values) parameters.append(CHOSEN + field, value);
  if (place.sort !== 'relevance') parameters.set('sort', place.sort);
  if (place.shopper) parameters.set('as', place.shopper);
  if (place.item) parameters.set('item', place.item);
  const search = parameters.toString();
  return search ? `/?${search}` : '/';
}

/** The home page has neither words nor a picture nor a filter. */
export function isHome({ query, picture, chosen }: Place): boolean {
  return !query && !picture && Object.values(chosen).every((values) => values.length === 0);
}

export type Go = (change: Partial<Place>) => void;

export function usePlace(): readonly [Place, Go] {
  const [place, setPlace] = useState(() => readPlace(location.search));
  useEffect(() => {
    const back = (): void => setPlace(readPlace(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go: Go = (change) => {
    const next = { ...readPlace(location.search), ...change };
    if (addressOf(next) !== location.pathname + location.search) history.pushState(null, '', addressOf(next));
    setPlace(next);
  };
  return [place, go];
}

/** A place with one value of a facet switched on or off. */
export function toggled({ chosen }: Place, field: string, value: string): Pick<Place, 'chosen'> {
  const values = chosen[field] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const { [field]: _, ...others } = chosen;
  return { chosen: next.length > 0 ? { ...others, [field]: next } : others };
}
