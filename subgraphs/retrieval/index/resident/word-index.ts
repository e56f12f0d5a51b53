import { bm25, inverseDocumentFrequency, standIns } from '../lexicon.ts';
import type { SoughtTerm } from '../lexicon.ts';
import { PostingList } from './posting-list.ts';
import { withinOneEdit } from './one-edit.ts';

/** Which rows have which terms: document frequencies, spellings and exact BM25. */
export class WordIndex {
  readonly #postings = new Map<string, PostingList>();
  /** The postings of the different terms of each row, needed to take the row out again. */
  readonly #terms: (readonly PostingList[] | undefined)[] = [];
  readonly #lengths: number[] = [];
  #items = 0;
  #totalLength = 0;

  /** Puts the terms of a row in the place of those that it had. */
  set(row: number, terms: readonly string[]): void {
    this.delete(row);
    this.#terms[row] = terms.map((term) => this.#posting(term)).filter((posting) => posting.count(row));
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

  /** The terms that are one slip away from a form of one that no item has, most common first. None for a term that an item has. */
  standIns(term: string, forms: readonly string[]): readonly SoughtTerm[] {
    return this.#postings.has(term) ? [] : this.#near(forms);
  }

  has(term: string): boolean {
    return this.#postings.has(term);
  }

  /** How many rows have both terms. */
  havingBoth(one: string, other: string): number {
    const [few, many] = [this.#postings.get(one), this.#postings.get(other)].sort(
      (a, b) => (a?.size ?? 0) - (b?.size ?? 0),
    );
    if (!few || !many) return 0;
    const rows = new Set(few.some(few.size));
    let both = 0;
    many.forEach((row) => {
      if (rows.has(row)) both++;
    });
    return both;
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

  #posting(term: string): PostingList {
    const known = this.#postings.get(term);
    if (known) return known;
    const fresh = new PostingList(term);
    this.#postings.set(term, fresh);
    return fresh;
  }

  #near(forms: readonly string[]): readonly SoughtTerm[] {
    if (forms.length === 0) return [];
    const near = [...this.#postings].filter(([known]) => forms.some((form) => withinOneEdit(form, known)));
    return standIns(
      near.map(([known, { size }]) => [known, size]),
      this.#items,
    );
  }
}
