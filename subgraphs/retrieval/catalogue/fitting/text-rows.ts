import type { Vector } from '../../../../src/vocabulary/vector.ts';

/** Texts that stand once in a matrix, however many items have them. */
export interface TextRows {
  readonly vectors: readonly Vector[];
  /** What they say, in the same order. */
  readonly texts: readonly string[];
  /** The row of a text of one kind; the first vector given for it stays. */
  of(kind: string, text: string, vector: Vector): number;
}

export function textRows(): TextRows {
  const vectors: Vector[] = [];
  const texts: string[] = [];
  const rows = new Map<string, number>();
  return {
    vectors,
    texts,
    of: (kind, text, vector) => {
      const key = `${kind} ${text}`;
      const known = rows.get(key);
      if (known !== undefined) return known;
      rows.set(key, vectors.length);
      texts.push(text);
      return vectors.push(vector) - 1;
    },
  };
}
