import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { didYouMean } from '../../../subgraphs/retrieval/did-you-mean.ts';
import { termsOf, writtenWords } from '../../../subgraphs/retrieval/index/written-words.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { publish } from '../../contracts/item-index/promises.ts';
import { row } from '../../contracts/item-index/samples.ts';

const TITLES = [
  'Navy Blue Shirt',
  'Red Shirts, two of them',
  'Long skirt',
  'Crème brûlée dish',
  'Silk dresses',
  "Women's scarf",
  'Straße',
  'Their shop, with care',
  'Lamp 2000',
  'Black dress',
  'Glass vase',
];

const { index, writer } = openMemoryIndex();
beforeAll(() =>
  publish(
    writer,
    TITLES.map((title, at) => row({ id: String(at), title })),
  ),
);

async function meant(words: string): Promise<string | null> {
  const { standIns } = await index.candidates({ words, probes: [], candidates: 1 });
  return (await didYouMean(words, standIns, index)) ?? null;
}

describe('did you mean', () => {
  it.each([
    ['red shrit', 'red shirt'],
    ['red shrits', 'red shirts'],
    ['Red SHRIT, size "XL"!', 'Red SHIRT, size "XL"!'],
    ['  Shrit for the   wommen ', '  Shirt for the   women '],
    ["a shrit's colour", "a shirt's colour"],
    ['creme brule', 'creme brûlée'],
    ['derss and lmap', 'dress and lamp'],
    ['red dres', 'red dress'],
    ['glas vase', 'glass vase'],
    ['navy-bleu', 'navy-blue'],
    ['Redshirts', 'Red shirts'],
    ['glassvase', 'glass vase'],
    ['ｓｈｒｉｔ', 'shirt'],
  ])('mends "%s" to "%s", the other words as they were written', async (words, mended) => {
    expect(await meant(words)).toBe(mended);
  });

  it.each([
    'red shirt',
    'womens dress',
    'xyzzyplugh',
    'rde',
    '',
    'with thier',
    'witch',
    'shirt 3000',
    '2001',
    'redvase',
  ])('says nothing of "%s"', async (words) => {
    expect(await meant(words)).toBeNull();
  });

  it('says nothing where most is unknown', async () => {
    const words = Array.from({ length: 11 }, (_, at) => `shirt${'abcdefghijk'.charAt(at)}`);
    expect(await meant(words.slice(0, 10).join(' '))).toBe(Array.from({ length: 10 }, () => 'shirt').join(' '));
    expect(await meant(words.join(' '))).toBeNull();
  });

  it('has nothing to mend in what it said', async () => {
    const letter = fc.constantFrom(...Array.from('abdeilmnrstuéß2Sİﬁ½ﷺ'));
    const slip = fc
      .tuple(fc.constantFrom(...TITLES.flatMap((title) => title.split(' '))), fc.nat(), letter)
      .map(
        ([word, place, put]) => word.slice(0, 1 + (place % word.length)) + put + word.slice(2 + (place % word.length)),
      );
    const word = fc.oneof(
      slip,
      slip,
      fc.string({ unit: letter, maxLength: 8 }),
      fc.constantFrom('the', 'with', 'shirt'),
    );
    const words = fc
      .array(fc.tuple(word, fc.constantFrom(' ', '-', ', ', "'s ", '\u0301 ', '')), { maxLength: 6 })
      .map((all) => all.flat().join(''));
    let mended = 0;
    await fc.assert(
      fc.asyncProperty(words, async (asked) => {
        const said = await meant(asked);
        if (said === null) return;
        mended++;
        expect(said).not.toBe(asked);
        expect(await meant(said)).toBeNull();
      }),
      { numRuns: 1000 },
    );
    expect(mended).toBeGreaterThan(100);
  });
});

describe('the places of words', () => {
  it('hold what is read there, whatever the letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (noise) => {
        const text = `${noise} Crème BRÛLÉE ${noise}women's ǅ ${noise}`;
        expect(writtenWords(text).map(({ term }) => term)).toEqual(termsOf(text));
      }),
    );
    const text = "Crème\u0301 BRU\u0302LÉE, women's ②shirts";
    const words = writtenWords(text).map(({ from, to }) => text.slice(from, to));
    expect(words).toEqual(['Crème\u0301', 'BRU\u0302LÉE', 'women', '②shirts']);
  });
});
