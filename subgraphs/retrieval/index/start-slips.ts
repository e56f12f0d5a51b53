import { mayBeASlip, STOP_WORDS } from './lexicon.ts';
import { beginsWithinOneEdit, withinOneEdit } from './resident/one-edit.ts';
import { stem } from './stem.ts';

/**
 * How suggestions read what is being typed where no phrase goes on with it: each word may be its singular or plural; one that no phrase
 * has in either number (the last: that none has a word that begins so, either) may be any that is one slip away from it, or from its
 * singular; words before the last that say nothing ("for", "and") are left out.
 */

/** What has more words than these is not mended: all the words of phrases that begin with the letter of each are looked at. */
const MOST_WORDS = 10;

/** The words that have to be found, in either number, or near; none where they are too many. */
export function telling(words: readonly string[]): readonly string[] {
  const found = words.filter((word, at) => at === words.length - 1 || !STOP_WORDS.has(word));
  return found.length <= MOST_WORDS ? found : [];
}

/** What may stand in for a word that is typed to its end is one slip away from any of these. */
export function meantForms(asked: string): readonly string[] {
  return [...new Set([asked, stem(asked)])].filter(mayBeASlip);
}

/** Says whether a word of a phrase may stand in for one that is typed to its end. */
export function meantBy(asked: string): (word: string) => boolean {
  const forms = meantForms(asked);
  return (word) => forms.some((form) => withinOneEdit(form, word));
}

/** Says whether a word of a phrase may stand in for the last, of which more may follow. */
export function begunBy(asked: string): (word: string) => boolean {
  const isMeant = meantBy(asked);
  return mayBeASlip(asked) ? (word) => beginsWithinOneEdit(word, asked) || isMeant(word) : isMeant;
}
