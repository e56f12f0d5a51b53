import { dot } from '../../../src/vocabulary/vector.ts';
import { drawSample } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { fitInThread } from '../../../subgraphs/retrieval/catalogue/fitting/fit-thread.ts';
import type { Fitting } from '../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import type { EncodedData, EncodedRecord } from '../encodings/encoded-data.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import { seedsOf } from '../training/seeds.ts';
import { suspicions } from './judge-pairs.ts';
import type { Listing } from './listings.ts';
import { caught, meanOfRuns, placements, swapPictures } from './swapped-listings.ts';
import type { DoubtfulListing } from './swapped-listings.ts';

/** Listings with some pictures swapped, by what they were swapped with. */
export const SWAPS = ['any', 'same kind'] as const;

export type Swap = (typeof SWAPS)[number];

export type Doubtful = Readonly<Record<Swap, readonly DoubtfulListing[]>>;

/** What a way of suspecting comes to: a value for each swapped listing (see placements and caught). */
export type Caught = Readonly<
  Record<Swap, { readonly placements: readonly number[]; readonly caught: readonly number[] }>
>;

export function doubtful(listings: readonly Listing[]): Doubtful {
  return { any: swapPictures(listings, 'all'), 'same kind': swapPictures(listings, 'kind') };
}

/** Judges one way of suspecting, or the mean over several runs of it. */
export async function judgeSuspicion(
  listings: Doubtful,
  ways: readonly ((all: readonly DoubtfulListing[]) => Promise<readonly number[]>)[],
): Promise<Caught> {
  const of = async (swap: Swap) => {
    const all = listings[swap];
    const runs = await Promise.all(ways.map((way) => way(all)));
    return {
      placements: meanOfRuns(runs.map((suspicion) => placements(suspicion, all))),
      caught: meanOfRuns(runs.map((suspicion) => caught(suspicion, all))),
    };
  };
  return { any: await of('any'), 'same kind': await of('same kind') };
}

export async function trainedWays(folder: string, arm: string) {
  const seeds = await seedsOf(folder, arm);
  return seeds.map((seed) => (all: readonly DoubtfulListing[]) => suspicions(seed, all));
}

/** Fitted to the training part alone. */
export async function bridgeOf(
  records: readonly EncodedRecord[],
  encoded: Pick<EncodedData, 'encoders' | 'encodings'>,
): Promise<Fitting> {
  const { sample } = await drawSample(records, [], encoded);
  return fitInThread(sample);
}

/** How little a text and the picture that was carried to it agree; listings hold pictures as the encoder gave them. */
export function byBridge(fitting: Fitting) {
  return async (all: readonly DoubtfulListing[]): Promise<readonly number[]> => {
    const columns = await fitting.columnsOf(all.map(({ features }) => features));
    return all.map(({ text }, i) => {
      const [asked, carried] = [fitting.centreQuery(text), columns[i]?.bridged];
      return asked && carried ? -dot(asked, carried) : 0;
    });
  };
}

export function byChance(all: readonly DoubtfulListing[]): Promise<readonly number[]> {
  return Promise.resolve(all.map(({ id }) => placeOf(`suspicion\0${id}`)));
}
