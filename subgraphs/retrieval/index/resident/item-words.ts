import { standIns } from '../lexicon.ts';
import type { ItemTerms, Sense, Slips, SoughtTerm, Way } from '../lexicon.ts';
import { WordIndex } from './word-index.ts';

/** The words of the items in two fields, whose BM25 adds up: those of the title, and those of the whole text. */
export class ItemWords {
  readonly #titles = new WordIndex();
  readonly #whole = new WordIndex();

  set(row: number, { title, whole }: ItemTerms): void {
    this.#titles.set(row, title);
    this.#whole.set(row, whole);
  }

  delete(row: number): void {
    this.#titles.delete(row);
    this.#whole.delete(row);
  }

  has(term: string): boolean {
    return this.#whole.has(term);
  }

  /** How many rows have all of the terms. */
  havingAll(terms: readonly string[]): number {
    return this.#whole.havingAll(terms);
  }

  /** How rare a term is in the whole text. */
  idf(term: string): number {
    return this.#whole.idf(term);
  }

  /** What stands in for a term that no item has, beside terms that items have: the terms that are so many slips away from a form of it. */
  standIns(forms: readonly string[], beside: readonly string[], slips: Slips): readonly SoughtTerm[] {
    const near = this.#whole.near(forms, slips);
    const isClear = near.length < 2 || beside.length === 0;
    const told = near.map((one) => {
      const all = [one.term, ...beside];
      return isClear ? one : { ...one, beside: [this.#titles.havingAll(all), this.#whole.havingAll(all)] as const };
    });
    return standIns(told, this.#whole.items);
  }

  /** Some of the rows that have a term. */
  rowsOf(term: string, limit: number): readonly number[] {
    return this.#whole.rowsOf(term, limit);
  }

  /** BM25 by row, above 0 in the rows of the mask that have something of what is sought, and 0 in all others. */
  scores(sought: Way, mask: Uint8Array): Float32Array {
    const scores = new Float32Array(mask.length);
    this.#add(scores, sought, mask);
    return scores;
  }

  #add(scores: Float32Array, { terms, senses, whole }: Way, mask: Uint8Array): void {
    const passing = whole ? this.#whole.narrowed(mask, terms) : mask;
    for (const index of [this.#titles, this.#whole]) index.addScores(scores, terms, passing);
    for (const sense of senses) this.#addBest(scores, sense, mask);
  }

  /** Looks at rows that have a word of it alone: there may be many ways, and most rows have none. */
  #addBest(scores: Float32Array, sense: Sense, mask: Uint8Array): void {
    const [best, own] = [new Float32Array(mask.length), new Float32Array(mask.length)];
    for (const way of sense) {
      this.#add(own, way, mask);
      const terms = termsIn([way]);
      this.#whole.visit(terms, (row) => (best[row] = Math.max(best[row] ?? 0, own[row] ?? 0)));
      this.#whole.visit(terms, (row) => (own[row] = 0));
    }
    this.#whole.visit(termsIn(sense), (row) => {
      scores[row] = (scores[row] ?? 0) + (best[row] ?? 0);
      best[row] = 0;
    });
  }
}

function termsIn(sense: Sense): readonly SoughtTerm[] {
  return sense.flatMap(({ terms, senses }) => [...terms, ...senses.flatMap(termsIn)]);
}
