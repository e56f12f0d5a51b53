import type { Vector } from '../../../src/vocabulary/vector.ts';
import type { EncodedData } from '../encodings/encoded-data.ts';

/** The vectors of words, each as the text encoder sees it by itself. */
export interface Dictionary {
  /** By row. */
  readonly vectors: readonly Vector[];
  /** The rows of the words of texts; new words are added. */
  rowsOf(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

export function dictionary(encoded: Pick<EncodedData, 'queries'>): Dictionary {
  const rows = new Map<string, number>();
  const vectors: Vector[] = [];
  return {
    vectors,
    rowsOf: async (texts) => {
      const words = texts.map(wordsOf);
      const fresh = [...new Set(words.flat())].filter((word) => !rows.has(word));
      for (const word of fresh) rows.set(word, rows.size);
      vectors.push(...(await encoded.queries(fresh)));
      return words.map((own) => own.map((word) => rows.get(word) ?? 0));
    },
  };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
