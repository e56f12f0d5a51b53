import fc from 'fast-check';
import type { ShownSearch } from '../../../../subgraphs/retrieval/judging/judge.ts';

/** A search that showed items from the first position on; `choices` says the worth of each, 0 by default. */
export function searchOf(
  words: string,
  items: readonly string[],
  { viewer = 0, choices = {} }: { readonly viewer?: number; readonly choices?: Readonly<Record<string, number>> } = {},
): ShownSearch {
  return { words, viewer, shown: items.map((item, i) => ({ item, position: i + 1, worth: choices[item] ?? 0 })) };
}

const WORTHS = [0, 0, 0, 0, 1, 1, 3, 4, 8];

/** Logs of a few queries, items and viewers, with choices of every worth. */
export const logs = fc.array(
  fc
    .record({
      words: fc.constantFrom('red mug', 'lamp', 'blue rug'),
      viewer: fc.nat(4),
      items: fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 }),
      worths: fc.array(fc.constantFrom(...WORTHS), { minLength: 6, maxLength: 6 }),
    })
    .map(({ words, viewer, items, worths }) =>
      searchOf(words, items, { viewer, choices: Object.fromEntries(items.map((item, i) => [item, worths[i] ?? 0])) }),
    ),
  { minLength: 1, maxLength: 40 },
);
