import { describe, expect, it } from '@jest/globals';
import {
  inverseDocumentFrequency,
  itemTerms,
  queryTerms,
  slipForms,
  soughtTerms,
  standIns,
  writtenForms,
} from '../../../../subgraphs/retrieval/index/lexicon.ts';
import { heldWords, termsOf } from '../../../../subgraphs/retrieval/index/written-words.ts';
import { inEitherNumber, singularsMeant } from '../../../../subgraphs/retrieval/index/stem.ts';
import { withinOneEdit, withinTwoEdits } from '../../../../subgraphs/retrieval/index/resident/one-edit.ts';

describe('words', () => {
  it.each([
    ["Women's Dresses", ['woman', 'dress']],
    ['mens shirts, womens, childrens', ['man', 'shirt', 'woman', 'child']],
    ['shoes BOXES watches blouses', ['shoe', 'box', 'watch', 'blouse']],
    ['scarves, knives & gloves', ['scarf', 'knife', 'glove']],
    ['cities glass bus buses', ['city', 'glass', 'bus', 'bus']],
    [
      'tie ties, movies zombies cookies hoody hoodie hoodies',
      'tie tie movie zombie cookie hoodie hoodie hoodie'.split(' '),
    ],
    ['heroes tomatoes shoes toes', ['hero', 'tomato', 'shoe', 'toe']],
    ['lens lenses thieves elves', ['lens', 'lens', 'thief', 'elf']],
    ['bikini bikinis, ski skis, this', ['bikini', 'bikini', 'ski', 'ski', 'this']],
    ['olive olives, lives', ['olive', 'olive', 'life']],
    ['canvas canvases, goose geese, gas gases', ['canvas', 'canvas', 'goose', 'goose', 'gas', 'gas']],
    ['T-shirt tshirts X‑Men an A-line dress-up', ['tshirt', 'tshirt', 'xmen', 'an', 'a', 'line', 'dress', 'up']],
    ['Crème Brûlée Straße 北京 №5', ['creme', 'brulee', 'strasse', '北京', 'no5']],
    ['Smørrebrød Łódź Ærø ÞÓR Kırmızı', ['smorrebrod', 'lodz', 'aero', 'thor', 'kirmizi']],
    ['Levi´s levi`s Levi‘s women’s', ['levi', 'levi', 'levi', 'woman']],
    ['ʻOhana Flip\u00adflops 60×120 Spy×Family', ['ohana', 'flipflop', '60x120', 'spy', 'family']],
    ['8½, 8 1/2', ['8', '1', '2', '8', '1', '2']],
    ['', []],
  ])('reads "%s" as %j', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  it('leaves out words that say nothing, unless there are no others', () => {
    expect(queryTerms('the lamp for the lamp')).toEqual(['lamp']);
    expect(queryTerms('It')).toEqual(['it']);
  });

  it('reads titles apart, and neither addresses nor numbers of attributes', () => {
    const attributes = { colour: 'Red', url: 'https://example.org/a', width: 40, tags: ['big', 'old'] };
    const item = { id: 'a', title: 'Lamp', brand: 'Nord', category: ['Home'], images: [], attributes };
    expect(itemTerms(item)).toEqual({ title: ['lamp'], whole: ['lamp', 'nord', 'home', 'red', 'big', 'old'] });
  });

  it('reads what hyphens and apostrophes hold together as its words and as one', () => {
    const title = "Spider-Man, L'Oréal & Levi's: men's WH-1000XM5, 2011-2012, a T-shirt";
    const item = { id: 'a', title, category: [], images: [], attributes: {} };
    const held = ['spiderman', 'loreal', 'wh1000xm5'];
    expect(itemTerms(item).title).toEqual([...termsOf(title), ...held]);
    expect(writtenForms([item], 'loreal')).toEqual(["l'oréal"]);
    expect(writtenForms([item], 'tshirt')).toEqual(['t-shirt']);
  });

  it.each([
    ['U.S. Polo, R.I.P.D.', ['us', 'ripd']],
    ['G.I. Joe, vol.2, e.g.this, www.example.com', ['gi', 'eg']],
    ['H&M, AT&T, Salt & Pepper', ['hm', 'att']],
    ['WALL·E', ['walle']],
    ['60 x 120 cm, 20 × 30 x 40, 90x200', ['60x120', '20x30x40']],
    ['500 ml, 5 l, 25 CM, 12 mm2', ['500ml', '5l', '25cm']],
    ['1.5 l, 2,5kg, 0.75 L', ['1.5l', '2.5kg', '0.75l']],
    ['10,5 x 20, ½ kg, 1/2 l, 2 in 1, 3 pieces, 500ml, 1,2,3 m', []],
  ])('reads what is one word as well as several: "%s" also as %j', (text, terms) => {
    expect(heldWords(text).map(({ term }) => term)).toEqual(terms);
  });

  it('takes no number for a slip, nor what is meant as it is written', () => {
    expect(slipForms('shrits 2012 purse', ['purse'])).toEqual(
      new Map([
        ['shrit', ['shrit', 'shrits']],
        ['2012', []],
        ['purse', []],
      ]),
    );
  });

  it('lets no rare word that nobody meant count more than the common one that was meant', () => {
    const spellings = standIns(
      [
        { term: 'shit', items: 1 },
        { term: 'shirt', items: 400 },
        { term: 'skirt', items: 400 },
      ],
      5000,
    );
    expect(spellings.map(({ term }) => term)).toEqual(['shirt', 'skirt', 'shit']);
    const counts = spellings.map(
      ({ term, weight }) => weight * inverseDocumentFrequency(5000, term === 'shit' ? 1 : 400),
    );
    expect(new Set(counts.map((count) => count.toFixed(6))).size).toBe(1);
  });

  it('looks for a word once, though it is written and stands in for another', () => {
    const written = [{ term: 'shirt', weight: 1 }];
    const misspelt = [
      { term: 'skirt', weight: 1 },
      { term: 'shirt', weight: 0.5 },
    ];
    expect(soughtTerms([misspelt, written])).toEqual([
      { term: 'skirt', weight: 1 },
      { term: 'shirt', weight: 1 },
    ]);
  });

  it.each([
    ['benneton', 'benetton', true],
    ['schwarzeneger', 'schwarzenegger', true],
    ['lamp', 'lampshade', false],
    ['lapm', 'lamps', true],
    ['abcdefgh', 'abdcefhg', true],
    ['abcdefgh', 'abdcehgf', false],
    ['benneton', 'kenetton', false],
    ['wh1000xm4', 'wh1000xn5', false],
    ['15kg', '1.5kg', false],
  ])('sees whether "%s" and "%s" are two slips apart', (a, b, near) => {
    expect(withinTwoEdits(a, b)).toBe(near);
    expect(withinTwoEdits(b, a)).toBe(near);
  });

  it.each([
    ['shirts', 'shirts shirt'],
    ['couch', 'couch couches'],
    ['battery', 'battery batteries batterys'],
    ['toys', 'toys toy'],
    ['shelves', 'shelves shelf shelfs'],
    ['knife', 'knife knives knifes'],
    ['dress', 'dress dresses'],
    ['hero', 'hero heroes heros'],
    ['women', 'women woman womens womans'],
    ['lens', 'lens lenses'],
    ['2012', '2012 2012s'],
  ])('knows "%s" in singular and plural: %s', (word, all) => {
    expect(inEitherNumber(word).toSorted()).toEqual(all.split(' ').toSorted());
  });

  it.each([
    ['wacthes', ['watch']],
    ['kinves', ['knife']],
    ['batteires', ['battery']],
    ['wommen', ['woman']],
    ['womne', ['woman']],
    ['childern', ['child']],
    ['shrits', []],
    ['benetton', []],
  ])('sees in "%s" a plural with a slip', (word, singulars) => {
    expect(singularsMeant(word)).toEqual(expect.arrayContaining(singulars));
    if (singulars.length === 0) expect(singularsMeant(word)).toEqual([]);
  });

  it.each([
    ['lamp', 'lamp', true],
    ['lamp', 'lapm', true],
    ['lamp', 'lam', true],
    ['lamp', 'clamp', false],
    ['lamp', 'lamps', true],
    ['lamp', 'limp', true],
    ['lamp', 'palm', false],
    ['lamp', 'la', false],
    ['90x210', '90x200', false],
    ['gu10', 'gu100', false],
    ['2xbed', '2xbde', true],
    ['se7en', 'seven', true],
  ])('sees whether "%s" and "%s" are one slip apart', (a, b, near) => {
    expect(withinOneEdit(a, b)).toBe(near);
    expect(withinOneEdit(b, a)).toBe(near);
  });
});
