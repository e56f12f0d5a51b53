import type { EncodedRecord } from '../encodings/encoded-data.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import type { SourceFields } from '../shop/variant.ts';

/** Which listings stand in which rooms, by the part that a room belongs to. Rows are those of the records. */
export interface Rooms {
  readonly train: readonly (readonly number[])[];
  readonly validation: readonly (readonly number[])[];
  readonly test: readonly (readonly number[])[];
}

/** Rooms are divided with all photos that were taken of them; larger sets of listings than a room can be are collections, and left out. */
const LARGEST = 40;

export function readRooms(records: readonly Pick<EncodedRecord, 'fields'>[]): Rooms {
  const rooms = Map.groupBy(
    records.flatMap(({ fields }, row) => roomsOf(fields).map((room) => ({ room, row }))),
    ({ room }) => room,
  );
  const all = [...rooms]
    .map(([room, standing]) => ({ place: placeOf(`room\0${seriesOf(room)}`), rows: standing.map(({ row }) => row) }))
    .filter(({ rows }) => rows.length > 1 && rows.length <= LARGEST);
  const between = (from: number, to: number) =>
    all.filter(({ place }) => place >= from && place < to).map(({ rows }) => rows);
  return { train: between(0, 0.6), validation: between(0.6, 0.7), test: between(0.7, 1) };
}

export function pairsOf(rooms: readonly (readonly number[])[]): readonly (readonly [number, number])[] {
  const pairs = rooms.flatMap((rows) =>
    rows.flatMap((left, i) => rows.slice(i + 1).map((right) => [left, right] as const)),
  );
  return [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
}

/** By listing: those that it stands with. */
export function neighbours(rooms: readonly (readonly number[])[]): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>();
  for (const [left, right] of pairsOf(rooms)) {
    found.set(left, (found.get(left) ?? new Set()).add(right));
    found.set(right, (found.get(right) ?? new Set()).add(left));
  }
  return found;
}

/** Photos of one room are told apart by a number at the end of their names. */
export function seriesOf(room: string): string {
  return room.replace(/[_-]+\d{6,}.*$/, '').replace(/[^a-z]+/gi, ' ');
}

export function roomsOf({ rooms }: SourceFields): readonly string[] {
  return Array.isArray(rooms) ? rooms.map(String) : [];
}
