import { STOP_WORDS, mayBeASlip } from './lexicon.ts';
import { isTerm, phraseWords } from './written-words.ts';

/**
 * How suggestions read what is being typed where phrases that go on with it are too few: with a space left out ("sun glas": sunglasses)
 * or put in ("sunglas": sun glasses), once. The words that one is parted in have to stand beside each other, or a carpet would be a pet
 * in a car.
 */
export interface Respacing {
  readonly before: readonly string[];
  /** What two words are as one, or the two words that one is parted in. */
  readonly run: readonly string[];
  readonly after: readonly string[];
}

/** What has more words than these is not read so: each is looked for in all the phrases. */
const MOST_WORDS = 5;
/** How many readings are tried, spaces left out before spaces put in, and of those the last words first. */
const MOST_READINGS = 32;
/** Longer words are parted nowhere. */
const LONGEST_PARTED = 20;
/** The second word of two, which may be a beginning, has as many letters at least: a "shirtt" is a slip. */
const SHORTEST_SECOND = 2;

export function respacings(words: readonly string[]): readonly Respacing[] {
  if (words.length > MOST_WORDS) return [];
  const runs = words.map((_, at) => at).toReversed();
  const read = (at: number, taken: number, run: readonly string[]): Respacing => ({
    before: words.slice(0, at),
    run,
    after: words.slice(at + taken),
  });
  const joined = runs.flatMap((at) => joinedAt(words, at).map((one) => read(at, 2, [one])));
  const parted = runs.flatMap((at) => pairsAt(words, at).map((pair) => read(at, 1, pair)));
  return [...joined, ...parted].slice(0, MOST_READINGS);
}

function joinedAt(words: readonly string[], at: number): readonly string[] {
  const [first, second] = [words[at], words[at + 1]];
  if (first === undefined || second === undefined || saysNothing(words, at) || saysNothing(words, at + 1)) return [];
  const one = first + second;
  return isTerm(one) && /\p{L}/u.test(one) ? [one] : [];
}

function pairsAt(words: readonly string[], at: number): readonly (readonly string[])[] {
  const word = words[at] ?? '';
  const letters = Array.from(word);
  if (!mayBeASlip(word) || letters.length > LONGEST_PARTED) return [];
  const pairs = letters.slice(SHORTEST_SECOND).map((_, before) => {
    const second = before + 1;
    return [letters.slice(0, second).join(''), letters.slice(second).join('')];
  });
  return pairs.filter((pair) => {
    const parted = [...words.slice(0, at), ...pair, ...words.slice(at + 1)];
    return !saysNothing(parted, at) && !saysNothing(parted, at + 1);
  });
}

/** The last may be the beginning of a word that says something. */
function saysNothing(words: readonly string[], at: number): boolean {
  return at < words.length - 1 && STOP_WORDS.has(words[at] ?? '');
}

/** All its words: whole ones but for the last, which is a beginning. */
export function wordsOf({ before, run, after }: Respacing): readonly string[] {
  return [...before, ...run, ...after];
}

/** Whether a phrase has all of the words, and those of the run beside each other. */
export function isReadIn(phrase: string, reading: Respacing): boolean {
  const { before, run, after } = reading;
  const its = [...phraseWords(phrase)];
  const last = wordsOf(reading).length - 1;
  const fits = (word: string, place: number, found: string | undefined): boolean =>
    place === last ? (found?.startsWith(word) ?? false) : found === word;
  const isIn = (word: string, place: number): boolean => its.some((found) => fits(word, place, found));
  return (
    its.some((_, from) => run.every((word, at) => fits(word, before.length + at, its[from + at]))) &&
    before.every(isIn) &&
    after.every((word, at) => isIn(word, before.length + run.length + at))
  );
}
