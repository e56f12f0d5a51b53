import { SortedTexts } from './sorted-texts.ts';

/** A phrase, or several of them: most words are in one title alone, and a list for each would take more room than all else. */
type Phrases = number | number[];

/** Which phrases, by number, have which words, found by whole words and by how one begins. */
export class PhraseWords {
  readonly #phrases = new Map<string, Phrases>();
  readonly #words = new SortedTexts(() => this.#phrases.keys());
  /** Above all numbers. */
  #span = 0;

  add(phrase: number, words: ReadonlySet<string>): void {
    this.#span = Math.max(this.#span, phrase + 1);
    for (const word of words) {
      const known = this.#phrases.get(word);
      if (typeof known === 'object') known.push(phrase);
      else this.#phrases.set(word, known === undefined ? phrase : [known, phrase]);
      if (known === undefined) this.#words.insert(word);
    }
  }

  remove(phrase: number, words: ReadonlySet<string>): void {
    for (const word of words) {
      const known = this.#phrases.get(word);
      if (typeof known === 'object' && known.length > 1) takeOut(phrase, known);
      else {
        this.#phrases.delete(word);
        this.#words.remove(word);
      }
    }
  }

  /** Visits once each phrase that has all of the words, and one that begins so. */
  forEach(
    { words, start }: { readonly words: ReadonlySet<string>; readonly start: string },
    visit: (phrase: number) => void,
  ): void {
    // How many of the words a phrase is known to have; one more once it was visited.
    const having = new Uint16Array(this.#span);
    let asked = 0;
    for (const word of words) {
      for (const phrase of this.#having(word)) if (having[phrase] === asked) having[phrase] = asked + 1;
      asked++;
    }
    for (const word of this.#words.startingWith(start))
      for (const phrase of this.#having(word))
        if (having[phrase] === asked) {
          having[phrase] = asked + 1;
          visit(phrase);
        }
  }

  #having(word: string): readonly number[] {
    const known = this.#phrases.get(word) ?? [];
    return typeof known === 'number' ? [known] : known;
  }
}

/** The last takes the place of the one that goes. */
function takeOut(phrase: number, phrases: number[]): void {
  const last = phrases.pop();
  const at = last === phrase ? -1 : phrases.indexOf(phrase);
  if (at >= 0 && last !== undefined) phrases[at] = last;
}
