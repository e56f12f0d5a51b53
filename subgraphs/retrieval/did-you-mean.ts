import type { CandidateSet, ItemIndex } from './index/item-index.ts';
import { queryTerms } from './index/lexicon.ts';
import { fold } from './index/fold.ts';
import { termsOf, writtenWords } from './index/written-words.ts';
import { withinOneEdit } from './index/resident/one-edit.ts';

/**
 * The words as they were likely meant: each that no item has is replaced by its likeliest correction, as items spell it. Undefined
 * where nothing was corrected, and where the result would need correcting again.
 */
export async function didYouMean(
  words: string,
  standIns: CandidateSet['standIns'],
  index: Pick<ItemIndex, 'writtenForms'>,
): Promise<string | undefined> {
  if (standIns.size === 0) return undefined;
  const likeliest = new Map([...standIns].map(([term, [best = term]]) => [term, best] as const));
  const forms = await formsByTerm(likeliest, index);
  const text = mended(words, forms);
  const meant = new Set(queryTerms(words).flatMap((term) => forms.get(term)?.flatMap(termsOf) ?? term));
  return queryTerms(text).every((term) => meant.has(term)) ? text : undefined;
}

/** By unknown term, how items write what stands in for it. Two words that it runs together are written as they were sent. */
async function formsByTerm(
  likeliest: ReadonlyMap<string, string>,
  index: Pick<ItemIndex, 'writtenForms'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [parted, single] = [[...likeliest].filter(isParted), [...likeliest].filter((one) => !isParted(one))];
  const forms = single.length === 0 ? [] : await index.writtenForms(single.map(([, best]) => best));
  return new Map([
    ...parted.map(([term, best]) => [term, [best]] as const),
    ...single.map(([term, best], at) => [term, writtenSo(forms[at], best)] as const),
  ]);
}

/** What no item has, only rules know, and is written as they do. */
function writtenSo(forms: readonly string[] = [], best: string): readonly string[] {
  return forms.length > 0 ? forms : [best];
}

function isParted([, best]: readonly [term: string, best: string]): boolean {
  return best.includes(' ');
}

function mended(words: string, forms: ReadonlyMap<string, readonly string[]>): string {
  let text = '';
  let at = 0;
  for (const { term, from, to } of writtenWords(words)) {
    const written = words.slice(from, to);
    text += words.slice(at, from) + inCaseOf(written, closest(written, forms.get(term) ?? []) ?? written);
    at = to;
  }
  return text + words.slice(at);
}

/** "shrits" were shirts, though most items write shirt. */
function closest(written: string, forms: readonly string[]): string | undefined {
  return forms.find((form) => withinOneEdit(fold(written), fold(form))) ?? forms[0];
}

/** Items write as titles are written, and the one who asks need not. */
function inCaseOf(written: string, form: string): string {
  const [first = '', ...rest] = written;
  if (first === first.toLowerCase()) return form;
  const [start = '', ...end] = form;
  return rest.some((letter) => letter !== letter.toUpperCase())
    ? start.toUpperCase() + end.join('')
    : form.toUpperCase();
}
