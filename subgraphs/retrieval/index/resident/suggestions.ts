import type { Item } from '../../../../src/vocabulary/item.ts';
import { takeIn } from '../few-best.ts';
import type { SuggestReading } from '../item-index.ts';
import type { Slips } from '../lexicon.ts';
import { isReadIn, respacings, wordsOf } from '../respacings.ts';
import { begunBy, meantBy, telling } from '../start-slips.ts';
import { inEitherNumber } from '../stem.ts';
import { fold } from '../fold.ts';
import { foldedWords, phraseWords } from '../written-words.ts';
import { PhraseWords } from './phrase-words.ts';
import { SortedTexts } from './sorted-texts.ts';

/** What of an item is suggested. */
type Named = Pick<Item, 'title' | 'brand' | 'category'>;

interface Phrase {
  /** Folded. */
  readonly key: string;
  readonly shown: string;
  readonly number: number;
  count: number;
}

/** The titles, brands and categories of the items, found by how they or words in them begin (case and accents folded). */
export class Suggestions {
  readonly #phrases = new Map<string, Phrase>();
  readonly #keys = new SortedTexts(() => this.#phrases.keys());
  readonly #words = new PhraseWords();
  readonly #byNumber: (Phrase | undefined)[] = [];
  readonly #free: number[] = [];

  add(item: Named): void {
    for (const text of phrasesOf(item)) {
      const key = fold(text);
      const known = this.#phrases.get(key);
      if (known) known.count++;
      else this.#insert(key, text);
    }
  }

  remove(item: Named): void {
    for (const text of phrasesOf(item)) {
      const known = this.#phrases.get(fold(text));
      if (!known) continue;
      known.count--;
      if (known.count === 0) this.#delete(known);
    }
  }

  /**
   * What begins with the prefix, then what has a later word that does, then what would with a space more or less; where nothing does,
   * what would in singular or plural, if the words that no phrase has were one slip away (long ones, two), and those that say nothing were not there. Each most common first,
   * then in the order of the alphabet.
   */
  continuing(prefix: string, limit: number, { asTyped = false }: SuggestReading = {}): readonly string[] {
    const start = fold(prefix.trim());
    if (start === '') return [];
    const found = this.#beginning(start, limit);
    if (found.length < limit) found.push(...this.#later(start, limit - found.length));
    if (found.length < limit) found.push(...this.#respaced(start, { limit: limit - found.length, butFor: found }));
    if (found.length === 0 && !asTyped) found.push(...this.#mended(start, { limit, slips: 1 }));
    if (found.length === 0 && !asTyped) found.push(...this.#mended(start, { limit, slips: 2 }));
    return found.map(({ shown }) => shown);
  }

  #beginning(start: string, limit: number): Phrase[] {
    const best: Phrase[] = [];
    for (const key of this.#keys.startingWith(start)) {
      const phrase = this.#phrases.get(key);
      if (phrase) takeIn(phrase, best, { limit, before });
    }
    return best;
  }

  /** Of several words the last is a beginning, and those before it are whole words anywhere. */
  #later(start: string, limit: number): readonly Phrase[] {
    const words = [...foldedWords(start)];
    const last = words.pop();
    if (last === undefined) return [];
    const choices = [...new Set(words)].map((word) => [word]);
    return this.#having([...choices, this.#words.startingWith(last)], { limit, butFor: start });
  }

  #respaced(
    start: string,
    { limit, butFor }: { readonly limit: number; readonly butFor: readonly Phrase[] },
  ): readonly Phrase[] {
    const seen = new Set(butFor);
    const best: Phrase[] = [];
    for (const reading of respacings(foldedWords(start))) {
      const words = [...wordsOf(reading)];
      const last = words.pop();
      if (last === undefined || !words.every((word) => this.#words.has(word))) continue;
      this.#words.forEach([...words.map((word) => [word]), this.#words.startingWith(last)], (number) => {
        const phrase = this.#byNumber[number];
        if (!phrase || seen.has(phrase) || !isReadIn(phrase.key, reading)) return;
        seen.add(phrase);
        takeIn(phrase, best, { limit, before });
      });
    }
    return best;
  }

  #mended(start: string, { limit, slips }: { readonly limit: number; readonly slips: Slips }): readonly Phrase[] {
    const words = [...telling(foldedWords(start))];
    const last = words.pop();
    if (last === undefined) return [];
    const whole = [...new Set(words)].map((word) => this.#known(word) ?? this.#near(word, meantBy(word, slips)));
    const beginning = new Set([...this.#words.startingWith(last), ...(this.#known(last) ?? [])]);
    return this.#having([...whole, beginning.size > 0 ? beginning : this.#near(last, begunBy(last, slips))], { limit });
  }

  /** Those of a word, its singular and its plurals that phrases have; undefined where they have none. */
  #known(word: string): readonly string[] | undefined {
    const known = inEitherNumber(word).filter((one) => this.#words.has(one));
    return known.length > 0 ? known : undefined;
  }

  /** The first letter is always right. */
  #near(asked: string, isMeant: (word: string) => boolean): readonly string[] {
    return [...this.#words.startingWith(asked.charAt(0))].filter(isMeant);
  }

  /** The best that have a word of each choice, but for those that begin with a text. */
  #having(
    choices: readonly Iterable<string>[],
    { limit, butFor }: { readonly limit: number; readonly butFor?: string },
  ): readonly Phrase[] {
    const best: Phrase[] = [];
    this.#words.forEach(choices, (number) => {
      const phrase = this.#byNumber[number];
      if (phrase && (butFor === undefined || !phrase.key.startsWith(butFor))) takeIn(phrase, best, { limit, before });
    });
    return best;
  }

  #insert(key: string, shown: string): void {
    const number = this.#free.pop() ?? this.#byNumber.length;
    const phrase = { key, shown, number, count: 1 };
    this.#byNumber[number] = phrase;
    this.#phrases.set(key, phrase);
    this.#keys.insert(key);
    this.#words.add(number, phraseWords(key));
  }

  #delete({ key, number }: Phrase): void {
    this.#byNumber[number] = undefined;
    this.#free.push(number);
    this.#phrases.delete(key);
    this.#keys.remove(key);
    this.#words.remove(number, phraseWords(key));
  }
}

function before(a: Phrase, b: Phrase): boolean {
  return a.count > b.count || (a.count === b.count && a.key < b.key);
}

/** Without repeats: an item counts once for each. */
function phrasesOf(item: Named): ReadonlySet<string> {
  const all = [item.title, item.brand ?? '', ...item.category].map((text) => text.trim());
  return new Set(all.filter((text) => text !== ''));
}
