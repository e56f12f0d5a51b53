import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { meanOfFigures } from '../training/mean-figures.ts';
import type { RoomPhoto } from './room-photo.ts';

/** A photo with what was found for it. */
export interface RankedPhoto {
  readonly photo: RoomPhoto;
  readonly ranking: readonly string[];
}

/**
 * What a room's items get when photos of other rooms ask for them: the mean over all others (those of its kind alone, where there are
 * any), which is what handing photos around comes to on average. It is what any photo of a room finds.
 */
export function handedAround(asked: readonly RankedPhoto[], among: 'all' | 'kind' = 'all'): readonly QueryFigures[] {
  return asked.map(({ photo }) => {
    const others = asked.filter(({ photo: other }) => other.series !== photo.series);
    const alike = others.filter(({ photo: other }) => among === 'all' || other.kind === photo.kind);
    const asking = alike.length > 0 ? alike : others;
    return meanOfFigures(asking.map(({ ranking }) => queryFigures(ranking, photo.grades)));
  });
}
