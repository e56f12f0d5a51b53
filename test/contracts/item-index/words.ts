import { expect } from '@jest/globals';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { row, shop } from './samples.ts';

const ROWS = shop(150);

/** How the words of items and of queries meet. */
export const WORDS: Promises = {
  'reads words without regard to case, accents and plurals': async ({ index, writer }) => {
    await publish(writer, [row({ id: 'a', title: 'Crème Brûlée Dishes' }), row({ id: 'b', title: 'Lamp' })]);
    for (const words of ['creme', 'CRÈME', 'brulee dish', 'the dishes']) {
      const { candidates } = await index.candidates({ words, probes: [], candidates: 5 });
      expect(candidates.map(({ id }) => id)).toEqual(['a']);
    }
  },

  'puts a word of the title above the same word of the text': async ({ index, writer }) => {
    const rows = [
      row({ id: 'a', title: 'Lamp', description: 'stands on a desk' }),
      row({ id: 'b', title: 'Desk lamp' }),
    ];
    await publish(writer, rows);
    const { candidates } = await index.candidates({ words: 'desk', probes: [], candidates: 5 });
    expect(candidates[1]?.lexical).toBeGreaterThan(candidates[0]?.lexical ?? 9);
  },

  'finds words of scripts without spaces, and suggests by them': async ({ index, writer }) => {
    const titles = ['赤い革靴とワンピース', '青い革靴', 'เสื้อสีแดง', 'लाल जूते', '빨간 원피스'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const found = async (words: string) => {
      const { candidates } = await index.candidates({ words, probes: [], candidates: 9 });
      return candidates.map(({ id }) => id);
    };
    expect(await found('革靴')).toEqual(['t0', 't1']);
    expect(await found('ワンピース')).toEqual(['t0']);
    expect(await found('สีแดง')).toEqual(['t2']);
    expect(await found('जूते')).toEqual(['t3']);
    expect(await found('원피스')).toEqual(['t4']);
    expect(await index.suggest('革', 5)).toEqual(['赤い革靴とワンピース', '青い革靴'].toSorted());
  },

  'finds what is written as one word by two, and by one what hyphens and apostrophes part': async ({
    index,
    writer,
  }) => {
    const titles = [
      'Black sunglasses',
      'Sun hat',
      'Wine glasses',
      'T-shirt',
      'Shirt',
      "Levi's jeans",
      'Casio G-Shock',
      'V neck top',
    ];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const best = async (words: string) => {
      const { candidates, standIns } = await index.candidates({ words, probes: [], candidates: 9 });
      expect(standIns).toEqual(new Map());
      return candidates.toSorted((a, b) => b.lexical - a.lexical)[0]?.id;
    };
    for (const words of ['sun glasses', 'sun-glasses', 'Sunglass']) expect(await best(words)).toBe('t0');
    for (const words of ['t shirt', 'tshirts', 'T-SHIRT']) expect(await best(words)).toBe('t3');
    expect(await best('shirt')).toBe('t4');
    for (const words of ['levis', "levi's"]) expect(await best(words)).toBe('t5');
    for (const words of ['gshock', 'g shock', 'g-shock']) expect(await best(words)).toBe('t6');
    for (const words of ['v-neck', 'v neck']) expect(await best(words)).toBe('t7');
    const { candidates } = await index.candidates({ words: 'shirt', probes: [], candidates: 9 });
    expect(candidates).toHaveLength(1);
  },

  'finds abbreviations, sizes and amounts however they are dotted and spaced': async ({ index, writer }) => {
    const titles = [
      'U.S. Polo Assn. shirt',
      'US keyboard, black, of brushed steel',
      'Polo shirt',
      'H&M hat',
      'M tv',
      'Table, 60 x 120 cm',
      'Cot 60×120',
      'Lotion 500 ml',
      'Soap 500ml',
      'Book for I.T.',
      'It',
      'Jug 1.5 l',
      'Jug 15 l',
      'Curtains, 1 pair, 5 l',
    ];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const found = async (words: string) => {
      const { candidates, standIns } = await index.candidates({ words, probes: [], candidates: 20 });
      expect(standIns).toEqual(new Map());
      return candidates.toSorted((a, b) => b.lexical - a.lexical).map(({ id }) => id);
    };
    for (const words of ['us polo', 'U.S. polo', 'u.s polo']) expect((await found(words))[0]).toBe('t0');
    for (const words of ['us', 'U.S.']) expect((await found(words)).toSorted()).toEqual(['t0', 't1']);
    expect(await found('hm')).toEqual(['t3']);
    expect((await found('h&m'))[0]).toBe('t3');
    for (const words of ['60x120', '60×120', '60 x 120'])
      expect((await found(words)).slice(0, 2).toSorted()).toEqual(['t5', 't6']);
    for (const words of ['500ml', '500 ml', '500 ML']) expect((await found(words)).toSorted()).toEqual(['t7', 't8']);
    expect(await found('I.T.')).toEqual(['t9']);
    for (const words of ['1.5l', '1,5l', '1.5 l', '1,5 L']) expect(await found(words)).toEqual(['t11']);
    expect(await found('15l')).toEqual(['t12']);
  },

  'finds names by the letters of any keyboard': async ({ index, writer }) => {
    const titles = ['Smørrebrød', 'Łódź', 'Straße', 'Flip\u00adflops', 'Levi’s', 'Lamp'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const asked = ['smorrebrod', 'SMØRREBRØD', 'lodz', 'strasse', 'flipflops', 'levi´s', 'levi`s'];
    const found = await Promise.all(
      asked.map(async (words) => {
        const { candidates, standIns } = await index.candidates({ words, probes: [], candidates: 5 });
        expect(standIns).toEqual(new Map());
        return candidates.map(({ id }) => id).join();
      }),
    );
    expect(found).toEqual(['t0', 't0', 't1', 't2', 't3', 't4', 't4']);
  },

  'counts one word for two as much as both': async ({ index, writer }) => {
    await publish(writer, [
      row({ id: 'a', title: 'Backpack' }),
      row({ id: 'b', title: 'Back' }),
      row({ id: 'c', title: 'Pack' }),
    ]);
    const { candidates, idfSum } = await index.candidates({ words: 'back pack', probes: [], candidates: 5 });
    const [one, back, pack] = candidates.map(({ lexical }) => lexical);
    expect(one).toBeCloseTo((back ?? 0) + (pack ?? 0), 4);
    expect(idfSum).toBeCloseTo(2 * Math.log(1 + 2.5 / 1.5), 6);
    await publish(
      writer,
      ['Back-pack', 'Backpack', 'Hat'].map((title, at) => row({ id: `h${at}`, title })),
      'second',
    );
    const held = (await index.candidates({ words: 'back-pack', probes: [], candidates: 5 })).candidates;
    const plain = (await index.candidates({ words: 'back', probes: [], candidates: 5 })).candidates;
    expect(held.find(({ id }) => id === 'h0')?.lexical).toBeCloseTo(2 * (plain[0]?.lexical ?? 0), 4);
  },

  'ranks what items hold together by a hyphen, asked for as one word, as it does the two': async ({
    index,
    writer,
  }) => {
    const titles = [
      'Red Flip-Flops',
      'Blue Flip Flops',
      'Flip phone',
      'Carpet',
      'Carpet',
      'Carpet: car, pet',
      'Pet car',
    ];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const ask = (words: string, literal?: readonly string[]) =>
      index.candidates({ words, literal, probes: [], candidates: 9 });
    const ids = async (words: string, literal?: readonly string[]) =>
      (await ask(words, literal)).candidates.map(({ id }) => id);
    for (const words of ['flipflops', 'FlipFlop']) expect(await ask(words)).toEqual(await ask('flip-flops'));
    expect(await ids('flipflops')).toEqual(['t0', 't1', 't2']);
    expect(await ids('flipflops', ['flipflop'])).toEqual(['t0']);
    expect(await ids('carpet')).toEqual(['t3', 't4', 't5']);
  },

  'counts a word once, in however many spellings it is asked for': async ({ index, writer }) => {
    const titles = ['Scarf', 'Flip-Flops', 'Red shoes', 'Lamp'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const ask = async (words: string) => {
      const { candidates, idfSum } = await index.candidates({ words, probes: [], candidates: 9 });
      return { candidates, idfSum };
    };
    expect(await ask('scarf scraf')).toEqual(await ask('scarf'));
    expect(await ask('flip-flops flipflops')).toEqual(await ask('flip-flops'));
    expect(await ask('redshoes red')).toEqual(await ask('red shoes'));
  },

  'parts a word that no item has into two that an item has both': async ({ index, writer }) => {
    await publish(writer, [
      row({ id: 'a', title: 'Red shoes' }),
      row({ id: 'b', title: 'Blue shoes' }),
      row({ id: 'c', title: 'Red hat' }),
    ]);
    const ask = (words: string) => index.candidates({ words, probes: [], candidates: 5 });
    expect(await ask('Redshoes')).toEqual({
      ...(await ask('red shoes')),
      standIns: new Map([['redshoe', ['red shoes']]]),
    });
    for (const words of ['bluehat', 'shoesthe']) expect((await ask(words)).candidates).toEqual([]);
  },

  'tells which words no item has and nothing stands in for': async ({ index, writer }) => {
    await publish(writer, [row({ id: 'mug-1', title: 'Red T-shirts' }), row({ id: 'b', title: 'Blue shoes' })]);
    const unread = async (words: string, literal?: readonly string[]) =>
      (await index.candidates({ words, literal, probes: [], candidates: 5 })).unread;
    expect(await unread('Blue Snea, v-neck snea 2011')).toEqual(['snea', 'vneck', '2011']);
    for (const read of ['the red shoe', 'blueshoe', 'blue shose', 't shirt', 'mug-1', ''])
      expect(await unread(read)).toEqual([]);
    expect(await unread('blue shose', ['shose'])).toEqual(['shose']);
    expect(await unread(Array.from({ length: 11 }, (_, at) => `word${at}x`).join(' '))).toEqual([]);
  },

  'tells how items write a word, in whole words, the most common way first': async ({ index, writer }) => {
    await publish(writer, [
      row({ id: 'a', title: 'Crème dress', description: 'A dress of dresses.', attributes: { kind: 'Dress' } }),
      row({ id: 'b', title: "CRÈME women's shirt" }),
      row({ id: 'c', title: 'Women', category: ['Creme'] }),
    ]);
    expect(await index.writtenForms(['dress', 'creme', 'woman', 'nobody'])).toEqual([
      ['dress', 'dresses'],
      ['crème', 'creme'],
      ['women'],
      [],
    ]);
    expect(await index.writtenForms([])).toEqual([]);
  },

  'answers words that nobody wrote with nothing': async ({ index, writer }) => {
    await publish(writer, ROWS);
    for (const words of ['', '   ', '!!!', 'xyzzyplugh', 'OR AND NOT', '"unclosed (']) {
      expect((await index.candidates({ words, probes: [], candidates: 3 })).candidates).toEqual([]);
    }
  },
};
