import type { Item } from '../../../../src/vocabulary/item.ts';
import { itemTerms } from '../lexicon.ts';
import type { LexicalScores } from './candidate-rows.ts';
import type { ResidentGeneration } from './resident-generation.ts';
import { topRows } from './top-rows.ts';
import { WordIndex } from './word-index.ts';

/** BM25 counted in memory over all items that match: that of the title plus that of the whole text. */
export class ExactWords {
  readonly #generation: ResidentGeneration;
  readonly #titles = new WordIndex();

  constructor(generation: ResidentGeneration) {
    this.#generation = generation;
  }

  /** To be called after the generation has the item. */
  put(item: Item): void {
    const row = this.#generation.rows.rowOf(item.id);
    if (row !== undefined) this.#titles.set(row, itemTerms(item).title);
  }

  /** To be called before the generation forgets the item. */
  delete(id: string): void {
    const row = this.#generation.rows.rowOf(id);
    if (row !== undefined) this.#titles.delete(row);
  }

  readonly scores: LexicalScores = ({ terms, mask, limit, ids }) => {
    const { words, rows } = this.#generation;
    const inTitles = this.#titles.scores(terms, mask);
    const all = new Map<number, number>();
    for (const [row, score] of words.scores(terms, mask)) all.set(row, score + (inTitles.get(row) ?? 0));
    const scores = new Float32Array(rows.span);
    for (const [row, score] of all) scores[row] = score;
    const wanted = new Set(topRows(scores, (row) => all.has(row), { rows, limit }));
    for (const id of ids) wanted.add(rows.rowOf(id) ?? -1);
    const found = [...wanted].filter((row) => all.has(row));
    return Promise.resolve(new Map(found.map((row) => [rows.idOf(row), all.get(row) ?? 0])));
  };
}
