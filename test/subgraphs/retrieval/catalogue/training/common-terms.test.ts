import { describe, expect, it } from '@jest/globals';
import { commonTerms } from '../../../../../subgraphs/retrieval/catalogue/training/common-terms.ts';

describe('the words that a recipe learns by themselves', () => {
  const texts = [...Array.from({ length: 5 }, () => 'Navy shirts, navy'), 'A shirt for a heron'];

  it('are those that many texts have, read as the index reads them, the most common first', () => {
    expect(commonTerms(texts).terms).toEqual(['shirt', 'navy']);
  });

  it('are told of each text once, and what is rare is left out', () => {
    const { byText } = commonTerms(texts);
    expect(byText[0]).toEqual([1, 0]);
    expect(byText.at(-1)).toEqual([0]);
  });

  it('are none where no word is common', () => {
    expect(commonTerms(['a lamp', 'a mug'])).toEqual({ terms: [], byText: [[], []] });
  });
});
