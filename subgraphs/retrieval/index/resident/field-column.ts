import { isAsked } from '../../../../src/vocabulary/alike-values.ts';
import type { Range } from '../../../../src/vocabulary/item-filter.ts';
import type { FieldValue } from '../../../../src/vocabulary/item.ts';

/** What rows hold, and these rows, or how many they are. */
export type Held<Rows> = readonly [values: readonly FieldValue[], rows: Rows];

/**
 * The values of one field, by row. What a row holds (no value, one or several) is kept once, under a code, so a condition is
 * judged once a code and not once an item. A code that no row holds any more is given to the next new value.
 */
export class FieldColumn {
  readonly #codes = new Map<string, number>();
  readonly #values: (readonly FieldValue[])[] = [[]];
  /** How many rows hold a code; code 0, no value, is not counted. */
  readonly #holders: number[] = [0];
  readonly #free: number[] = [];
  #rows = new Uint32Array(1024);

  set(row: number, values: readonly FieldValue[]): void {
    if (row >= this.#rows.length) {
      const grown = new Uint32Array(Math.max(row + 1, this.#rows.length * 2));
      grown.set(this.#rows);
      this.#rows = grown;
    }
    const before = this.#rows[row] ?? 0;
    this.#rows[row] = this.#take(values);
    this.#giveBack(before);
  }

  /** How many different values are kept, those that wait to be given away included. */
  get codes(): number {
    return this.#values.length;
  }

  /** What is kept of a row; empty where the item lacks the field. */
  get(row: number): readonly FieldValue[] {
    return this.#values[this.#rows[row] ?? 0] ?? [];
  }

  /** A mask of the first rows that meet the condition. */
  mask(span: number, meets: (values: readonly FieldValue[]) => boolean): Uint8Array {
    const verdicts = Uint8Array.from(this.#values, (values) => (meets(values) ? 1 : 0));
    const mask = new Uint8Array(span);
    for (let row = 0; row < span; row++) mask[row] = verdicts[this.#rows[row] ?? 0] ?? 0;
    return mask;
  }

  /** Under what a row is kept: the same for all rows that hold the same, 0 where the item lacks the field. */
  code(row: number): number {
    return this.#rows[row] ?? 0;
  }

  /** What the rows of a mask hold, and how many of them do. */
  tally(mask: Uint8Array): readonly Held<number>[] {
    return this.#held(this.#count(mask), (_, count) => count);
  }

  /** What the rows of a mask hold, and which of them do. */
  rowsOf(mask: Uint8Array): readonly Held<Uint32Array>[] {
    const counts = this.#count(mask);
    const starts = new Uint32Array(counts.length + 1);
    counts.forEach((count, code) => {
      starts[code + 1] = (starts[code] ?? 0) + count;
    });
    const rows = new Uint32Array(starts.at(-1) ?? 0);
    const next = starts.slice();
    for (let row = 0; row < mask.length; row++) {
      if (mask[row] !== 1) continue;
      const code = this.code(row);
      const place = next[code] ?? 0;
      rows[place] = row;
      next[code] = place + 1;
    }
    return this.#held(counts, (code) => rows.subarray(starts[code], starts[code + 1]));
  }

  /** By code. */
  #count(mask: Uint8Array): Uint32Array {
    const counts = new Uint32Array(this.#values.length);
    for (let row = 0; row < mask.length; row++) {
      const code = this.code(row);
      if (mask[row] === 1) counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  }

  #held<Rows>(counts: Uint32Array, rows: (code: number, count: number) => Rows): readonly Held<Rows>[] {
    const held: Held<Rows>[] = [];
    counts.forEach((count, code) => {
      if (count > 0) held.push([this.#values[code] ?? [], rows(code, count)]);
    });
    return held;
  }

  #take(values: readonly FieldValue[]): number {
    if (values.length === 0) return 0;
    const key = JSON.stringify(values);
    const code = this.#codes.get(key) ?? this.#free.pop() ?? this.#values.length;
    this.#codes.set(key, code);
    this.#values[code] = values;
    this.#holders[code] = (this.#holders[code] ?? 0) + 1;
    return code;
  }

  #giveBack(code: number): void {
    if (code === 0) return;
    const left = (this.#holders[code] ?? 1) - 1;
    this.#holders[code] = left;
    if (left > 0) return;
    this.#codes.delete(JSON.stringify(this.#values[code]));
    this.#values[code] = [];
    this.#free.push(code);
  }
}

/** Whether any of the values of a field is one of those that are asked for. */
export function isIn(field: string, asked: readonly string[]): (values: readonly FieldValue[]) => boolean {
  const isOne = isAsked(field, asked);
  return (values) => values.some(isOne);
}

/** Whether any of the values is a number within the range. */
export function isWithin({ gte, gt, lte, lt }: Range): (values: readonly FieldValue[]) => boolean {
  const within = (value: number): boolean =>
    (gte === undefined || value >= gte) &&
    (gt === undefined || value > gt) &&
    (lte === undefined || value <= lte) &&
    (lt === undefined || value < lt);
  return (values) => values.some((value) => typeof value === 'number' && within(value));
}
