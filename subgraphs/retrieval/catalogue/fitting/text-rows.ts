import type { Vector } from '../../../../src/vocabulary/vector.ts';

/** Texts that stand once in a matrix, however many items have them. */
export interface TextRows {
  readonly vectors: readonly Vector[];
  /** The row of a text; the first vector given for it stays. */
  of(text: string, vector: Vector): number;
}

export function textRows(): TextRows {
  const vectors: Vector[] = [];
  const rows = new Map<string, number>();
  return {
    vectors,
    of: (text, vector) => {
      const known = rows.get(text);
      if (known !== undefined) return known;
      rows.set(text, vectors.length);
      return vectors.push(vector) - 1;
    },
  };
}
