import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../../../../src/runtime/seeded.ts';
import { withinOneEdit, withinTwoEdits } from '../../../../../subgraphs/retrieval/index/resident/one-edit.ts';
import { Postings } from '../../../../../subgraphs/retrieval/index/resident/postings.ts';

const random = seeded(7);
const letter = (): string => String.fromCharCode(97 + Math.floor(random() * 26));
const TERMS = Array.from({ length: 20_000 }, () =>
  Array.from({ length: 3 + Math.floor(random() * 8) }, letter).join(''),
);

describe('the terms that a word is compared with for a slip', () => {
  it('are few of all, and every one that is a slip away', () => {
    const postings = new Postings();
    for (const term of TERMS) postings.claim(term);
    for (const slip of ['shrt', 'dresss', 'aab', TERMS[0] ?? '']) {
      for (const [slips, isNear] of [[1, withinOneEdit] as const, [2, withinTwoEdits] as const]) {
        const compared = [...postings.about(slip, slips)].map(({ term }) => term);
        expect(compared.length).toBeLessThan(TERMS.length / 20);
        expect(compared).toEqual(expect.arrayContaining([...new Set(TERMS)].filter((term) => isNear(slip, term))));
      }
    }
  });

  it('are gone with the last item that has them', () => {
    const postings = new Postings();
    postings.claim('shirt');
    postings.delete('shirt');
    expect(postings.get('shirt')).toBeUndefined();
    expect([...postings.about('shirt', 1)]).toEqual([]);
  });
});
