import type { Vector } from '../../src/vocabulary/vector.ts';
import type { ItemRow } from '../../subgraphs/retrieval/index/item-index.ts';
import { itemTerms } from '../../subgraphs/retrieval/index/lexicon.ts';

/** The columns of a shop that has trained nothing. */
export const COLUMNS = ['text', 'bridged', 'looks'] as const;

type Column = (typeof COLUMNS)[number];

/** What a query compares every item with. */
export interface Asked {
  readonly terms: readonly string[];
  readonly vectors: Readonly<Record<Column, Vector>>;
}

/** The scores of all items by signal: words first, then a column each. */
export type Scores = readonly Float32Array[];

/** How often a term is in the items that have it. */
type Postings = ReadonlyMap<string, readonly (readonly [row: number, count: number])[]>;

/** All items scored as anyone would write it down: an array of floats a column and two loops; lists of items by term. */
export class PlainShop {
  readonly #items: number;
  readonly #columns: readonly { readonly name: Column; readonly floats: Float32Array }[];
  readonly #fields: readonly { readonly postings: Postings; readonly lengths: readonly number[] }[];

  constructor(rows: readonly ItemRow[]) {
    this.#items = rows.length;
    this.#columns = COLUMNS.map((name) => ({ name, floats: flat(rows.map(({ vectors }) => vectors[name])) }));
    const terms = rows.map(({ item }) => itemTerms(item));
    this.#fields = (['title', 'whole'] as const).map((field) => ({
      postings: postingsOf(terms.map((all) => all[field])),
      lengths: terms.map((all) => all[field].length),
    }));
  }

  scores({ terms, vectors }: Asked): Scores {
    return [
      this.#words(terms),
      ...this.#columns.map(({ name, floats }) => cosines(floats, vectors[name], this.#items)),
    ];
  }

  #words(terms: readonly string[]): Float32Array {
    const scores = new Float32Array(this.#items);
    for (const { postings, lengths } of this.#fields) {
      const average = lengths.reduce((sum, length) => sum + length, 0) / this.#items;
      for (const term of terms) {
        const having = postings.get(term) ?? [];
        const idf = Math.log(1 + (this.#items - having.length + 0.5) / (having.length + 0.5));
        for (const [row, count] of having) {
          const length = (lengths[row] ?? 0) / average;
          scores[row] = (scores[row] ?? 0) + (idf * count * 2.2) / (count + 1.2 * (0.25 + 0.75 * length));
        }
      }
    }
    return scores;
  }
}

function cosines(floats: Float32Array, query: Vector, items: number): Float32Array {
  const scores = new Float32Array(items);
  const dims = query.length;
  for (let row = 0; row < items; row++) {
    const from = row * dims;
    let sum = 0;
    for (let i = 0; i < dims; i++) sum += (floats[from + i] ?? 0) * (query[i] ?? 0);
    scores[row] = sum;
  }
  return scores;
}

/** One after another; zeros where there is none. */
function flat(vectors: readonly (Vector | null)[]): Float32Array {
  const dims = vectors.find((vector) => vector)?.length ?? 0;
  const floats = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, row) => {
    if (vector) floats.set(vector, row * dims);
  });
  return floats;
}

function postingsOf(texts: readonly (readonly string[])[]): Postings {
  const postings = new Map<string, (readonly [number, number])[]>();
  texts.forEach((terms, row) => {
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const list = postings.get(term);
      if (list) list.push([row, count]);
      else postings.set(term, [[row, count]]);
    }
  });
  return postings;
}
