import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { termsOf, writtenWords } from '../../../../subgraphs/retrieval/index/written-words.ts';

describe('words of scripts without spaces, or with vowels that are marks', () => {
  it.each([
    ['赤い革靴とワンピース', '赤い 革靴 と ワンピース'],
    ['红色运动鞋', '红色 运动 鞋'],
    ['เสื้อสีแดง น้ำหอม', 'เสื้อ สี แดง น้ำหอม'],
    ['लाल जूते', 'लाल जूते'],
    ['빨간 원피스', '빨간 원피스'],
    ['USBケーブル Tシャツ', 'USB ケーブル T シャツ'],
    ['قَمِيص', 'قَمِيص'],
    ['1️⃣ ❤️ mug', '1️⃣ mug'],
  ])('are read in "%s"', (text, words) => {
    expect(writtenWords(text).map(({ from, to }) => text.slice(from, to))).toEqual(words.split(' '));
  });

  it('are the same however they are encoded, and others where another mark makes another word', () => {
    expect(termsOf('ﾊﾞｯｸﾞ ハ\u3099ック\u3099')).toEqual(termsOf('バッグ バッグ'));
    expect(termsOf('パパ')).not.toEqual(termsOf('ハハ'));
    expect(termsOf('หมา')).not.toEqual(termsOf('หมี'));
    expect(termsOf('मोर')).not.toEqual(termsOf('मार'));
    expect(termsOf('قَمِيص')).toEqual(termsOf('قميص'));
  });

  it('stand one behind the other in the text, whatever it is', () => {
    const piece = fc.constantFrom(
      '赤い',
      '靴',
      'ｶﾞ',
      'カ\u3099',
      'น้ำ',
      'หอม',
      'é',
      'e\u0301',
      'ß',
      ' ',
      '-',
      'a',
      '❤️',
      '한글',
      'जूते',
      '1',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, (some) => {
        let last = { from: 0, to: 0 };
        for (const { from, to, term } of writtenWords(some)) {
          // Half of ½ begins where the other half does.
          expect(from).toBeGreaterThanOrEqual(last.from);
          expect(to).toBeGreaterThanOrEqual(last.to);
          expect(to).toBeGreaterThan(from);
          expect(term).not.toBe('');
          last = { from, to };
        }
        expect(last.to).toBeLessThanOrEqual(some.length);
        expect(writtenWords(some).map(({ term }) => term)).toEqual(termsOf(some));
      }),
      { numRuns: 500 },
    );
  });
});
