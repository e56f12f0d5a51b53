import { PostingList } from './posting-list.ts';

/**
 * The postings of all terms. Those that begin with the same letter and are as long stand together: whoever looks for a slip of the
 * keyboard reads those few, or a text of nothing but unknown words would cost all terms once a word, and hold up all who wait.
 */
export class Postings {
  readonly #shelves = new Map<number, Map<string, PostingList>>();

  get(term: string): PostingList | undefined {
    return this.#shelves.get(shelfOf(term, term.length))?.get(term);
  }

  /** What there is of a term, or an empty list for it. */
  claim(term: string): PostingList {
    const shelf = this.#shelf(shelfOf(term, term.length));
    const known = shelf.get(term);
    if (known) return known;
    const fresh = new PostingList(term);
    shelf.set(term, fresh);
    return fresh;
  }

  delete(term: string): void {
    this.#shelves.get(shelfOf(term, term.length))?.delete(term);
  }

  /** Of terms that begin as a word does and are as long as it, or longer or shorter by a letter a slip: no other is so many slips from it. */
  *about(word: string, slips: number): Iterable<PostingList> {
    for (let length = word.length - slips; length <= word.length + slips; length++)
      yield* this.#shelves.get(shelfOf(word, length))?.values() ?? [];
  }

  #shelf(key: number): Map<string, PostingList> {
    const known = this.#shelves.get(key);
    if (known) return known;
    const fresh = new Map<string, PostingList>();
    this.#shelves.set(key, fresh);
    return fresh;
  }
}

/** A number for each first letter and length: texts as keys would be made anew for every word that is read. */
function shelfOf(word: string, length: number): number {
  return length * 0x1_00_00 + word.charCodeAt(0);
}
