import { describe, expect, it } from '@jest/globals';
import { askedWords, MOST_MENDED } from '../../../../subgraphs/retrieval/index/asked-words.ts';
import { partings } from '../../../../subgraphs/retrieval/index/compounds.ts';
import { queryTerms, slipForms } from '../../../../subgraphs/retrieval/index/lexicon.ts';
import { NO_SYNONYMS } from '../../../../subgraphs/retrieval/index/synonyms.ts';

/** The longest query that is taken, of words so long. */
function longest(letters: number): string {
  const words = Array.from({ length: Math.floor(1000 / (letters + 1)) }, (_, at) =>
    at.toString(2).padStart(letters, 'o').replaceAll('0', 'o').replaceAll('1', 'l'),
  );
  return words.join(' ');
}

/** How often an index that knows none of the words is asked for more about one of them. */
function questions(words: string): readonly [near: number, parted: number] {
  let [near, parted] = [0, 0];
  const known = {
    has: () => false,
    hasAll: () => false,
    idf: () => 1,
    standIns: () => {
      near++;
      return [];
    },
    parted: () => {
      parted++;
      return undefined;
    },
    held: () => undefined,
  };
  const asked = askedWords(words, known, NO_SYNONYMS);
  expect(asked.sought.terms.map(({ term }) => term)).toEqual(queryTerms(words));
  return [near, parted];
}

describe('the words that are asked for', () => {
  it('are looked up one by one where up to ten are unknown, and no further where more are, however long the query', () => {
    const words = longest(40).split(' ');
    expect(questions(words.slice(0, MOST_MENDED).join(' '))).toEqual([2 * MOST_MENDED, MOST_MENDED]);
    for (const letters of [4, 8, 12, 40]) expect(questions(longest(letters))).toEqual([0, 0]);
    expect(words.slice(0, MOST_MENDED).flatMap(partings)).toHaveLength(39 * MOST_MENDED);
  });

  it('are not checked for slips in a text of more than fifty', () => {
    const words = longest(8).split(' ');
    expect(slipForms(words.slice(0, 50).join(' ')).size).toBe(50);
    expect(slipForms(words.slice(0, 51).join(' ')).size).toBe(0);
  });
});
