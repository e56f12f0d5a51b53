import { withinShare } from '../../src/runtime/within-deadline.ts';
import type { CandidateSet, ItemIndex } from './index/item-index.ts';
import { STOP_WORDS } from './index/lexicon.ts';
import { foldedWords, lettersOf, termsOf, writtenWords } from './index/written-words.ts';

/** What an index said of the words of a query. */
interface Asked extends Pick<CandidateSet, 'standIns' | 'unread'> {
  readonly words: string;
  /** Terms that are meant as they are written. */
  readonly literal?: readonly string[];
}

/** Fewer letters begin too many words. */
const FEWEST = 3;
/** So many titles, brands and categories are looked at, */
const PHRASES = 20;
/** and of so many of their words it is asked how common each is. */
const MOST = 5;
/** Of the time left; the answer is there already, if not the best one. */
const SHARE = 0.25;

/**
 * What stands in for the words that no item has, when the last of them may not have been typed to its end ("red snea", as whoever
 * searches at every keystroke sends it): the most common word of titles, brands and categories that begins so. What a space follows was
 * typed to its end. What it may be a slip of comes second, however common that is: of 1,371 beginnings of the 200 most common words in
 * the titles of three shops 90.6 % are then read as the word itself, where 82.9 % were when the more common of the two was taken (of a
 * hotel a home was made), and of 27,633 single slips in those words 94.0 %, where 94.4 % were.
 */
export async function withBegunWord(
  asked: Asked,
  index: Pick<ItemIndex, 'candidates' | 'suggest'>,
): Promise<CandidateSet['standIns']> {
  const { standIns } = asked;
  const begun = begunWord(asked);
  if (!begun) return standIns;
  const { term, letters } = begun;
  const likeliest = await withinShare(SHARE, async () =>
    commonest(continuing(letters, await index.suggest(letters, PHRASES)), index),
  ).catch(() => undefined);
  const [slip] = standIns.get(term) ?? [];
  return likeliest === slip || likeliest === undefined ? standIns : new Map([...standIns, [term, [likeliest]]]);
}

/** The last word, if no item has it and nothing says that it ends there. */
function begunWord({ words, standIns, unread, literal }: Asked) {
  if (unread.length + standIns.size === 0) return undefined;
  const last = writtenWords(words).at(-1);
  if (!last || last.to < words.length || literal?.includes(last.term)) return undefined;
  const letters = lettersOf(words.slice(last.from, last.to));
  const isOpen = unread.includes(last.term) || standIns.has(last.term);
  return isOpen && letters.length >= FEWEST && !/\d/.test(letters) ? { term: last.term, letters } : undefined;
}

/** The terms of phrases that begin so, those of the first phrases first. */
function continuing(letters: string, phrases: readonly string[]): readonly string[] {
  const begun = phrases.flatMap(foldedWords).filter((word) => word.startsWith(letters));
  const terms = new Set(begun.flatMap(termsOf));
  return [...terms].filter((term) => !STOP_WORDS.has(term)).slice(0, MOST);
}

/** Undefined where there is none. A part of a word ("shirt" of "T-shirt") may be in no item by itself. */
async function commonest(terms: readonly string[], index: Pick<ItemIndex, 'candidates'>): Promise<string | undefined> {
  const rarities = await Promise.all(
    terms.map(async (words) => {
      const { idfSum, standIns, unread } = await index.candidates({ words, probes: [], candidates: 1 });
      return standIns.size + unread.length > 0 ? 0 : idfSum;
    }),
  );
  const least = Math.min(...rarities.filter((rarity) => rarity > 0));
  return terms[rarities.indexOf(least)];
}
