import {
  attributeQuestions,
  colourQuestions,
  MATERIALS,
  PATTERNS,
  titleQuestions,
  withTypo,
  wordQuestions,
} from './questions.ts';
import type { Mend } from './mended.ts';
import type { Described, Question } from './questions.ts';

export const TITLE = 'title';
export const WHOLE = 'colour, type (for whom)';
export const MENDED = `${WHOLE} with a typo, mended`;

/** What is asked of held-out photos, by the class of words that it hangs on. Classes that a catalogue has nothing of are left out. */
export async function askedKinds(
  items: readonly Described[],
  mend: Mend,
): Promise<ReadonlyMap<string, readonly Question[]>> {
  const attributes = attributeQuestions(items);
  const typed = attributes.map(withTypo);
  const kinds: readonly (readonly [string, readonly Question[]])[] = [
    [TITLE, titleQuestions(items)],
    [`${WHOLE}, asked for each item`, attributes.flatMap((question) => Array.from(question.grades, () => question))],
    [WHOLE, attributes],
    [`${WHOLE} with a typo`, typed],
    [MENDED, await mend(typed)],
    ['colour and type', colourQuestions(items)],
    ['material and type', wordQuestions(items, MATERIALS)],
    ['pattern and type', wordQuestions(items, PATTERNS)],
  ];
  return new Map(kinds.filter(([, questions]) => questions.length > 0));
}
