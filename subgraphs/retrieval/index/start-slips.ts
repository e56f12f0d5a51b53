import { formsFor, mayBeASlip, STOP_WORDS } from './lexicon.ts';
import type { Slips } from './lexicon.ts';
import { beginsWithinOneEdit, beginsWithinTwoEdits, withinOneEdit, withinTwoEdits } from './resident/one-edit.ts';
import { stem } from './stem.ts';

/**
 * How suggestions read what is being typed where no phrase goes on with it: each word may be its singular or plural; one that no phrase
 * has in either number (the last: that none has a word that begins so, either) may be any that is one slip away from it, or from its
 * singular, and where that finds nothing, a long one any that is two slips away; words before the last that say nothing ("for", "and") are left out.
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

/** Says whether a word of a phrase may stand in, with so many slips at most, for one that is typed to its end. */
export function meantBy(asked: string, slips: Slips): (word: string) => boolean {
  const forms = meantForms(asked);
  const long = twiceSlipped(forms, slips);
  return (word) => forms.some((form) => withinOneEdit(form, word)) || long.some((form) => withinTwoEdits(form, word));
}

/** Says whether a word of a phrase may stand in, with so many slips at most, for the last, of which more may follow. */
export function begunBy(asked: string, slips: Slips): (word: string) => boolean {
  const isMeant = meantBy(asked, slips);
  const long = twiceSlipped([asked], slips);
  if (!mayBeASlip(asked)) return isMeant;
  return (word) =>
    beginsWithinOneEdit(word, asked) || long.some((form) => beginsWithinTwoEdits(word, form)) || isMeant(word);
}

/** Those of the forms of a word that may have two slips, where two are looked for. */
export function twiceSlipped(forms: readonly string[], slips: Slips): readonly string[] {
  return slips === 2 ? formsFor(2, forms) : [];
}
