import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import type { Listing } from './listings.ts';

/** A listing that may show another's picture. */
export interface DoubtfulListing extends Listing {
  readonly swapped: boolean;
}

/** The share of listings whose picture is another's. */
export const SWAPPED = 0.15;

/** Swaps pictures among all listings, or among those of the same kind, which is hard to tell. By nothing but ids. */
export function swapPictures(listings: readonly Listing[], among: 'all' | 'kind'): readonly DoubtfulListing[] {
  const groups = Map.groupBy(listings, ({ kind }) => (among === 'kind' ? kind : ''));
  return listings.map((listing) => {
    const others = groups.get(among === 'kind' ? listing.kind : '') ?? [];
    const other = others[Math.floor(placeOf(`whose\0${listing.id}`) * others.length)];
    const swapped = placeOf(`swapped\0${listing.id}`) < SWAPPED && other !== undefined && other.id !== listing.id;
    const { picture, features } = swapped ? other : listing;
    return { ...listing, swapped, picture, features };
  });
}

/**
 * For each swapped listing the share of honest ones that are less suspicious; ties count half. Its mean is the AUC (DeLong 1988 calls
 * them placement values).
 */
export function placements(suspicion: readonly number[], listings: readonly DoubtfulListing[]): readonly number[] {
  const honest = suspicion.filter((_, i) => !listings[i]?.swapped).sort((a, b) => a - b);
  return suspicion.flatMap((value, i) =>
    listings[i]?.swapped ? [(countBelow(honest, value) + countBelow(honest, value, true)) / 2 / honest.length] : [],
  );
}

/** Of the most suspicious, as many as were swapped: whether each was. Its mean is the precision (and the recall) there. */
export function caught(suspicion: readonly number[], listings: readonly DoubtfulListing[]): readonly number[] {
  const swapped = listings.filter((listing) => listing.swapped).length;
  const order = [...suspicion.keys()].sort((a, b) => (suspicion[b] ?? 0) - (suspicion[a] ?? 0) || a - b);
  return order.slice(0, swapped).map((i) => (listings[i]?.swapped ? 1 : 0));
}

export function meanOfRuns(runs: readonly (readonly number[])[]): readonly number[] {
  return (runs[0] ?? []).map((_, i) => mean(runs.map((run) => run[i] ?? 0)));
}

/** How many of sorted values are below, or not above. */
function countBelow(sorted: readonly number[], value: number, orEqual = false): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] ?? 0;
    if (at < value || (orEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
