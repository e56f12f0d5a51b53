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

  has(word: string): boolean {
    return this.#phrases.has(word);
  }

  /** The words that begin so, in order. */
  startingWith(start: string): Iterable<string> {
    return this.#words.startingWith(start);
  }

  /** Visits once each phrase that has a word of each choice. */
  forEach(choices: readonly Iterable<string>[], visit: (phrase: number) => void): void {
    // Of how many of the choices a phrase is known to have a word.
    const having = new Uint16Array(this.#span);
    choices.forEach((words, at) => {
      for (const word of words)
        for (const phrase of this.#having(word))
          if (having[phrase] === at) {
            having[phrase] = at + 1;
            if (at === choices.length - 1) visit(phrase);
          }
    });
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
