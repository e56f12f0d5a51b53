import { CATEGORY_PATH, openPaths } from './category-path.ts';
import { facetChoices, type Catalogue, type FacetChoice } from './catalogue.ts';
import type { Place, SortKey } from './place.ts';
import { amount } from './money.ts';
import { identity, type Shopper } from './viewer.ts';

/** Of one level of the tree. */
const MOST_CATEGORIES = 50;

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

export function rangeLabel({ from, to }: Range, currency: string): string {
  if (from == null) return `Under ${amount(to ?? 0, currency)}`;
  return to == null ? `${amount(from, currency)} and up` : `${amount(from, currency)} to ${amount(to, currency)}`;
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

/** The SearchInput that a place stands for: each thing once, whatever it comes as. */
export function searchInput(
  place: Place,
  { shopper, catalogue }: { readonly shopper: Shopper; readonly catalogue: Catalogue },
): Readonly<Record<string, unknown>> {
  const filters = Object.entries(place.chosen).flatMap(([field, values]) =>
    values.length > 0 ? [filterOf(field, values)] : [],
  );
  const sort = SORTED[place.sort];
  return {
    ...(place.query ? { text: place.query } : {}),
    ...(place.picture ? { parts: [{ imageId: place.picture }] } : {}),
    ...(filters.length > 0 ? { filter: { and: filters } } : {}),
    ...(sort.length > 0 ? { sort } : {}),
    facets: facetChoices(catalogue).flatMap((choice) => facetsOf(choice, place)),
    perGroup: 1,
    ...identity(shopper),
  };
}

function facetsOf({ field, limit }: FacetChoice, { chosen }: Place): readonly Readonly<Record<string, unknown>>[] {
  if (field === 'price') return [{ field, limit, ranges: PRICES }];
  if (field !== CATEGORY_PATH) return [{ field, limit }];
  return openPaths(chosen[field] ?? []).map((under) => ({ field, under, limit: MOST_CATEGORIES }));
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
