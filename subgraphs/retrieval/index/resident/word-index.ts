import { bm25, formsFor, inverseDocumentFrequency, singularsOf } from '../lexicon.ts';
import type { NearTerm, Slips, SoughtTerm } from '../lexicon.ts';
import { withinOneEdit, withinTwoEdits } from './one-edit.ts';
import type { PostingList } from './posting-list.ts';
import { Postings } from './postings.ts';

/** Which rows have which terms: document frequencies, spellings and exact BM25. */
export class WordIndex {
  readonly #postings = new Postings();
  /** The postings of the different terms of each row, needed to take the row out again. */
  readonly #terms: (readonly PostingList[] | undefined)[] = [];
  readonly #lengths: number[] = [];
  #items = 0;
  #totalLength = 0;

  /** Puts the terms of a row in the place of those that it had. */
  set(row: number, terms: readonly string[]): void {
    this.delete(row);
    this.#terms[row] = terms.map((term) => this.#postings.claim(term)).filter((posting) => posting.count(row));
    this.#lengths[row] = terms.length;
    this.#items++;
    this.#totalLength += terms.length;
  }

  delete(row: number): void {
    const postings = this.#terms[row];
    if (!postings) return;
    for (const posting of postings) {
      posting.remove(row);
      if (posting.size === 0) this.#postings.delete(posting.term);
    }
    this.#terms[row] = undefined;
    this.#items--;
    this.#totalLength -= this.#lengths[row] ?? 0;
  }

  idf(term: string): number {
    return inverseDocumentFrequency(this.#items, this.#postings.get(term)?.size ?? 0);
  }

  /** The number of items. */
  get items(): number {
    return this.#items;
  }

  has(term: string): boolean {
    return this.#postings.get(term) !== undefined;
  }

  /** How many rows have all of the terms. */
  havingAll(terms: readonly string[]): number {
    const lists = terms.flatMap((term) => this.#postings.get(term) ?? []).sort((a, b) => a.size - b.size);
    if (lists.length < terms.length) return 0;
    const most = lists.pop();
    // Of how many of the rarer terms a row is: counted without a branch, since which rows have a term cannot be foretold.
    const having = new Uint8Array(this.#terms.length);
    for (const { rows } of lists) for (const row of rows) having[row] = (having[row] ?? 0) + 1;
    let all = 0;
    for (const row of most?.rows ?? []) all += Number(having[row] === lists.length);
    return all;
  }

  /** The rows of a mask that have all of the terms. */
  narrowed(mask: Uint8Array, terms: readonly SoughtTerm[]): Uint8Array {
    let passing = mask;
    for (const { term } of terms) {
      const having = new Uint8Array(mask.length);
      for (const row of this.#postings.get(term)?.rows ?? []) having[row] = passing[row] ?? 0;
      passing = having;
    }
    return passing;
  }

  /** The rows that have at least one of the terms, those with several of them several times. */
  visit(terms: readonly SoughtTerm[], each: (row: number) => void): void {
    for (const { term } of terms) this.#postings.get(term)?.forEach(each);
  }

  /** Some of the rows that have a term. */
  rowsOf(term: string, limit: number): readonly number[] {
    return this.#postings.get(term)?.some(limit) ?? [];
  }

  /** Adds BM25 to the rows of the mask that have at least one of the terms. */
  addScores(scores: Float32Array, terms: readonly SoughtTerm[], mask: Uint8Array): void {
    const averageLength = this.#totalLength / Math.max(1, this.#items);
    for (const { term, weight } of terms) {
      const idf = weight * this.idf(term);
      this.#postings.get(term)?.forEach((row, count) => {
        if (mask[row] !== 1) return;
        const length = (this.#lengths[row] ?? 0) / averageLength;
        scores[row] = (scores[row] ?? 0) + bm25(idf, count, length);
      });
    }
  }

  /** The terms that are so many slips away from any of the forms of a word. */
  near(forms: readonly string[], slips: Slips): readonly NearTerm[] {
    const near = new Map<string, number>();
    const isNear = slips === 1 ? withinOneEdit : withinTwoEdits;
    const singulars = slips === 1 ? singularsOf(forms) : [];
    for (const form of formsFor(slips, forms))
      for (const { term, size } of this.#postings.about(form, slips)) if (isNear(form, term)) near.set(term, size);
    for (const { term, size } of singulars.flatMap((one) => this.#postings.get(one) ?? [])) near.set(term, size);
    return [...near].map(([term, items]) => ({ term, items }));
  }
}
