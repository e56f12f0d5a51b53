import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../../../../src/runtime/seeded.ts';
import { withinOneEdit } from '../../../../../subgraphs/retrieval/index/resident/one-edit.ts';
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
      const compared = [...postings.about(slip)].map(({ term }) => term);
      expect(compared.length).toBeLessThan(TERMS.length / 20);
      const near = [...new Set(TERMS)].filter((term) => withinOneEdit(slip, term));
      expect(compared).toEqual(expect.arrayContaining(near));
    }
  });

  it('are gone with the last item that has them', () => {
    const postings = new Postings();
    postings.claim('shirt');
    postings.delete('shirt');
    expect(postings.get('shirt')).toBeUndefined();
    expect([...postings.about('shirt')]).toEqual([]);
  });
});
