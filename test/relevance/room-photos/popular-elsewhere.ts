import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import type { SourceFields } from '../shop/variant.ts';
import { ranked } from '../views/pooled.ts';
import { seriesByItem } from './room-photo.ts';
import type { RoomPhoto } from './room-photo.ts';

/** What stands in the most other rooms first, whatever the photo shows; ties by chance, but always the same. */
export function popularElsewhere(
  photos: readonly RoomPhoto[],
  records: readonly SourceFields[],
): readonly QueryFigures[] {
  const items = [...seriesByItem(records)].map(([id, series]) => ({ id, series, chance: placeOf(`tie\0${id}`) }));
  const ids = items.map(({ id }) => id);
  return photos.map((photo) => {
    const rooms = items.map(({ series, chance }) => series.size - Number(series.has(photo.series)) + chance / 2);
    return queryFigures(ranked(ids, Float32Array.from(rooms)), photo.grades);
  });
}
