import type { Place, SortKey } from './place.ts';
import { identity, type Shopper } from './viewer.ts';

/** The facets of the shop, in the order of the sidebar. */
export const FACETS = [
  { field: 'category', label: 'Category', limit: 16 },
  { field: 'colour', label: 'Colour', limit: 16 },
  { field: 'pattern', label: 'Pattern', limit: 8 },
  { field: 'material', label: 'Material', limit: 12 },
  { field: 'brand', label: 'Brand', limit: 8 },
  { field: 'price', label: 'Price', limit: 6 },
] as const;

const PRICES = [
  { to: 25 },
  { from: 25, to: 50 },
  { from: 50, to: 100 },
  { from: 100, to: 250 },
  { from: 250, to: 1_000 },
  { from: 1_000 },
] as const;

interface Range {
  readonly from?: number | null;
  readonly to?: number | null;
}

/** A price range as the address bar writes it: "25-50", "-25", "1000-". */
export const rangeKey = ({ from, to }: Range): string => `${String(from ?? '')}-${String(to ?? '')}`;

export function rangeLabel({ from, to }: Range): string {
  if (from == null) return `Under €${String(to)}`;
  return to == null ? `€${String(from)} and up` : `€${String(from)} to €${String(to)}`;
}

export function rangeOf(key: string): Range {
  const [from, to] = key.split('-');
  return { from: from ? Number(from) : null, to: to ? Number(to) : null };
}

const SORTED: Readonly<Record<SortKey, readonly { field: string; direction: string }[]>> = {
  relevance: [],
  price: [{ field: 'PRICE', direction: 'ASC' }],
  newest: [{ field: 'NEWEST', direction: 'DESC' }],
  popularity: [{ field: 'POPULARITY', direction: 'DESC' }],
};

/** The SearchInput that a place stands for. */
export function searchInput(place: Place, shopper: Shopper): Readonly<Record<string, unknown>> {
  const filters = Object.entries(place.chosen).flatMap(([field, values]) =>
    values.length > 0 ? [filterOf(field, values)] : [],
  );
  const sort = SORTED[place.sort];
  return {
    ...(place.query ? { text: place.query } : {}),
    ...(place.picture ? { parts: [{ imageId: place.picture }] } : {}),
    ...(filters.length > 0 ? { filter: { and: filters } } : {}),
    ...(sort.length > 0 ? { sort } : {}),
    facets: FACETS.map(({ field, limit }) => ({ field, limit, ...(field === 'price' ? { ranges: PRICES } : {}) })),
    ...identity(shopper),
  };
}

function filterOf(field: string, values: readonly string[]): Readonly<Record<string, unknown>> {
  if (field !== 'price') return { field, in: values };
  return {
    or: values.map(rangeOf).map(({ from, to }) => ({
      field,
      range: { ...(from == null ? {} : { gte: from }), ...(to == null ? {} : { lt: to }) },
    })),
  };
}
