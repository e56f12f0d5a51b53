import { describe, expect, it } from '@jest/globals';
import { itemTerms, wayOf } from '../../../../../subgraphs/retrieval/index/lexicon.ts';
import { ItemWords } from '../../../../../subgraphs/retrieval/index/resident/item-words.ts';
import { shop } from '../../../../contracts/item-index/samples.ts';

const TEXTS = shop(120).map(({ item }) => itemTerms(item));

/** BM25 of one field written down plainly: k1 = 1.2, b = .75, idf as Lucene has it. */
function plainBm25(texts: readonly (readonly string[])[], terms: readonly string[], row: number): number {
  const own = texts[row] ?? [];
  const average = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const parts = terms.map((term) => {
    const having = texts.filter((text) => text.includes(term)).length;
    const idf = Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
    const count = own.filter((word) => word === term).length;
    return (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * own.length) / average));
  });
  return parts.reduce((sum, part) => sum + part, 0);
}

describe('the words of items', () => {
  it('score by BM25 of the title plus that of the whole text, and 0 where no word or no permission is', () => {
    const words = new ItemWords();
    TEXTS.forEach((text, row) => words.set(row, { title: ['gone'], whole: ['gone', ...text.whole] }));
    TEXTS.forEach((text, row) => words.set(row, text));
    words.set(TEXTS.length, { title: ['trombone'], whole: ['trombone'] });
    words.delete(TEXTS.length);
    const mask = Uint8Array.from(TEXTS, (_, row) => (row % 11 === 3 ? 0 : 1));
    for (const terms of [['red', 'dress'], ['street', 'nordic', '7'], ['trombone'], ['gone']]) {
      const scores = words.scores(wayOf(terms), mask);
      TEXTS.forEach((_, row) => {
        const title = plainBm25(
          TEXTS.map((text) => text.title),
          terms,
          row,
        );
        const whole = plainBm25(
          TEXTS.map((text) => text.whole),
          terms,
          row,
        );
        expect(scores[row]).toBeCloseTo(mask[row] === 1 ? title + whole : 0, 4);
      });
    }
  });

  it('tell how many items have all of some terms, however rows came and went', () => {
    const words = new ItemWords();
    const whole = (row: number): readonly string[] => ['all', ...[2, 3, 5].filter((by) => row % by === 0).map(String)];
    for (let row = 0; row < 300; row++) words.set(row, { title: [], whole: whole(row) });
    for (let row = 0; row < 300; row += 7) words.delete(row);
    for (let row = 280; row >= 0; row -= 35) words.set(row, { title: [], whole: whole(row) });
    const rows = Array.from({ length: 300 }, (_, row) => row).filter((row) => row % 7 !== 0 || row % 35 === 0);
    for (const terms of [['2', '3'], ['5', 'all'], ['3', '2', '5'], ['2', '2'], ['2']])
      expect(words.havingAll(terms)).toBe(
        rows.filter((row) => terms.every((term) => whole(row).includes(term))).length,
      );
    expect(words.havingAll(['2', 'nobody'])).toBe(0);
  });
});
