import { describe, expect, it } from '@jest/globals';
import { commonTerms } from '../../../../../subgraphs/retrieval/catalogue/fitting/common-terms.ts';

describe('the words that a bridge learns by themselves', () => {
  const texts = [...Array.from({ length: 5 }, () => 'Navy shirts, navy'), 'A shirt for a heron'];

  it('are those that many texts have, read as the index reads them, the most common first', () => {
    expect(commonTerms(texts, 9)).toMatchObject({ terms: ['shirt', 'navy'], counts: [6, 5] });
  });

  it('are told of each text once, and what is rare is left out', () => {
    const { byText } = commonTerms(texts, 9);
    expect(byText[0]).toEqual([1, 0]);
    expect(byText.at(-1)).toEqual([0]);
  });

  it('are none where no word is common', () => {
    expect(commonTerms(['a lamp', 'a mug'], 9)).toEqual({ terms: [], counts: [], byText: [[], []] });
  });

  it('are no more than were asked for', () => {
    expect(commonTerms(texts, 1)).toMatchObject({ terms: ['shirt'], byText: expect.arrayContaining([[0]]) });
  });
});
