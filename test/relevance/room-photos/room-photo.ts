import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import type { Grades } from '../../../subgraphs/retrieval/measures/judged-query.ts';
import type { SourceFields } from '../shop/variant.ts';
import { roomsOf, seriesOf } from '../siamese/rooms.ts';

/** A photo of a furnished room, and the items that the data says stand in it, whether or not the photo shows them well. */
export interface RoomPhoto {
  readonly file: string;
  /** Bedroom, Kitchen and the like. */
  readonly kind: string;
  /** All photos of one room are of one series. */
  readonly series: string;
  readonly grades: Grades;
}

export interface RoomPhotos {
  readonly validation: readonly RoomPhoto[];
  readonly test: readonly RoomPhoto[];
  /** Photos whose room is named by no item: nothing can be right for them. */
  readonly unanswered: number;
}

/** Half of the rooms choose settings, the other half are reported; photos of one room stay together. */
export function readRoomPhotos(folder: string, records: readonly SourceFields[]): RoomPhotos {
  const standing = Map.groupBy(placementsOf(records), ({ room }) => room);
  const lines = readFileSync(join(folder, 'rooms.jsonl'), 'utf8').trim().split('\n');
  const photos = lines.map((line) => {
    const { room, image, kind } = JSON.parse(line) as { readonly room: string; readonly image: string; kind: string };
    const grades = new Map((standing.get(room) ?? []).map(({ id }) => [id, 1]));
    return { file: join(folder, image), kind, series: seriesOf(room), grades };
  });
  const asked = photos.filter(({ grades }) => grades.size > 0);
  const isTest = ({ series }: RoomPhoto): boolean => placeOf(`room photo\0${series}`) >= 0.5;
  return {
    validation: asked.filter((photo) => !isTest(photo)),
    test: asked.filter(isTest),
    unanswered: photos.length - asked.length,
  };
}

/** By item: the series of rooms that it stands in, each once. */
export function seriesByItem(records: readonly SourceFields[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(records.map((record) => [String(record['id']), new Set(roomsOf(record).map(seriesOf))]));
}

function placementsOf(records: readonly SourceFields[]) {
  return records.flatMap((record) => roomsOf(record).map((room) => ({ room, id: String(record['id']) })));
}
