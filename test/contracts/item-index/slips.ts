import { expect } from '@jest/globals';
import type { ItemFilter } from '../../../src/vocabulary/item-filter.ts';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { row, shop } from './samples.ts';

const ROWS = shop(150);

/** What is read for words that no item has, and what of it is told. */
export const SLIPS: Promises = {
  'forgives one slip of the keyboard in a word that no item has, whatever the other words are': async ({
    index,
    writer,
  }) => {
    await publish(writer, ROWS);
    await writer.upsert([row({ id: 'new', title: 'Zebra umbrella' })]);
    const ask = (words: string) => index.candidates({ words, probes: [], candidates: 50 });
    const [slip, right] = await Promise.all([ask('zebra scraf'), ask('zebra scarf')]);
    expect(slip).toEqual({ ...right, standIns: new Map([['scraf', ['scarf']]]) });
    expect(slip.candidates).toHaveLength(31);
  },

  'tells which words stood in for one that no item has, likeliest first, and of no other': async ({
    index,
    writer,
  }) => {
    const titled = (id: string, title: string): ReturnType<typeof row> => row({ id, title });
    await publish(writer, [
      titled('a', 'Red skirt'),
      titled('b', 'Red shirts'),
      titled('c', 'Blue shirt'),
      titled('d', 'Women sort'),
      titled('e', 'A dress'),
    ]);
    const standIns = async (words: string, filter?: ItemFilter) =>
      (await index.candidates({ words, probes: [], candidates: 5, filter })).standIns;
    expect(await standIns('red shirt womens')).toEqual(new Map());
    expect(await standIns('rde shrit, Soort xyzzyplugh')).toEqual(
      new Map([
        ['shrit', ['shirt']],
        ['soort', ['sort']],
      ]),
    );
    expect(await standIns('SHKIRTS')).toEqual(new Map([['shkirt', ['shirt', 'skirt']]]));
    expect(await standIns('Dres')).toEqual(new Map([['dre', ['dress']]]));
    expect(await standIns('shrit', { ids: ['a'] })).toEqual(new Map([['shrit', ['shirt']]]));
  },

  'reads a slip as the word that is seen with the others of the query, in a title before a text, not as the most common':
    async ({ index, writer }) => {
      const titled = (id: string, title: string, description?: string): ReturnType<typeof row> =>
        row({ id, title, description });
      await publish(writer, [
        titled('a', 'Harry Potter'),
        titled('b', 'Clay pot', 'made by a potter'),
        ...['Peter Pan', 'Peter Rabbit', 'Saint Peter'].map((title, at) => titled(`p${at}`, title, 'Harry is in it')),
        titled('c', 'Wooden poker'),
      ]);
      const standIns = async (words: string) => {
        const { standIns: all } = await index.candidates({ words, probes: [], candidates: 9 });
        return [...all.values()].map(([first]) => first);
      };
      expect(await standIns('poter')).toEqual(['peter']);
      expect(await standIns('harry poter')).toEqual(['potter']);
      expect(await standIns('clay poter')).toEqual(['potter']);
      expect(await standIns('wooden poter')).toEqual(['poker']);
      expect(await standIns('harry poter xyzzy')).toEqual(['potter']);
      expect(await standIns('harry wooden poter')).toEqual(['peter']);
      const asked = await index.candidates({ words: 'harry poter', probes: [], candidates: 9 });
      expect(asked.candidates.toSorted((a, b) => b.lexical - a.lexical)[0]?.id).toBe('a');
    },

  'forgives a slip in plurals that are not the singular with an s': async ({ index, writer }) => {
    const titles = ['Women dress', 'Steel knives', 'Watch', 'Battery', 'Child seat', 'Wooden bench'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const ask = async (words: string) => (await index.candidates({ words, probes: [], candidates: 9 })).standIns;
    for (const words of ['wmoen', 'WOMNE', 'wommens']) expect([...(await ask(words)).values()]).toEqual([['woman']]);
    expect(await ask('kinves')).toEqual(new Map([['kinve', ['knife']]]));
    expect(await ask('wacthes, batteires')).toEqual(
      new Map([
        ['wacthe', ['watch']],
        ['batteire', ['battery']],
      ]),
    );
    expect(await ask('childern')).toEqual(new Map([['childern', ['child']]]));
    expect(await ask('women knife lenses')).toEqual(new Map());
  },

  'forgives two slips in a long word, where it is near to none by one and runs no two together': async ({
    index,
    writer,
  }) => {
    const titles = ['United Colors of Benetton', 'Schwarzenegger', 'Track pants', 'Tracepoint', 'Wardrobe', 'Wardroom'];
    await publish(
      writer,
      titles.map((title, at) => row({ id: `t${at}`, title })),
    );
    const ask = async (words: string) => (await index.candidates({ words, probes: [], candidates: 9 })).standIns;
    expect(await ask('benneton')).toEqual(new Map([['benneton', ['benetton']]]));
    expect(await ask('Shwarzeneger')).toEqual(new Map([['shwarzeneger', ['schwarzenegger']]]));
    expect(await ask('trackpant')).toEqual(new Map([['trackpant', ['track pant']]]));
    expect(await ask('wadrrobe')).toEqual(new Map([['wadrrobe', ['wardrobe']]]));
    expect(await ask('benneton a1 a2 a3 a4 a5 a6 a7 a8 a9')).toEqual(new Map([['benneton', ['benetton']]]));
    expect(await ask('benneton a1 a2 a3 a4 a5 a6 a7 a8 a9 a10')).toEqual(new Map());
    for (const words of ['trakcs', 'wadrob', 'pnats']) expect((await ask(words)).size).toBeLessThan(2);
    expect(await ask('unidet')).toEqual(new Map());
    expect(
      (await index.candidates({ words: 'benneton', literal: ['benneton'], probes: [], candidates: 9 })).standIns,
    ).toEqual(new Map());
  },

  'lets nothing stand in for what is meant as it is written, nor for a number, nor another number for one with letters':
    async ({ index, writer }) => {
      await publish(writer, [row({ id: 'a', title: 'Pure 2011' }), row({ id: 'b', title: 'Red shoes, 90x200' })]);
      const ask = (words: string, literal?: readonly string[]) =>
        index.candidates({ words, literal, probes: [], candidates: 5 });
      expect((await ask('purse')).standIns).toEqual(new Map([['purse', ['pure']]]));
      for (const words of ['purse', 'redshoe']) {
        const { candidates, standIns } = await ask(words, [words]);
        expect({ candidates, standIns }).toEqual({ candidates: [], standIns: new Map() });
      }
      for (const number of ['2012', '90x210', '90x20']) expect((await ask(number)).standIns).toEqual(new Map());
    },

  'lets nothing stand in for a word where more than ten are unknown, however long the query is': async ({
    index,
    writer,
  }) => {
    await publish(writer, [row({ id: 'a', title: 'Red shirt' }), row({ id: 'b', title: 'Blue hat' })]);
    const ask = (words: readonly string[]) => index.candidates({ words: words.join(' '), probes: [], candidates: 5 });
    const noise = Array.from({ length: 9 }, (_, at) => `xyz${'abcdefghi'.charAt(at)}plugh`);
    expect((await ask([...noise, 'shrit'])).standIns).toEqual(new Map([['shrit', ['shirt']]]));
    expect((await ask([...noise, 'bluehat'])).standIns).toEqual(new Map([['bluehat', ['blue hat']]]));
    expect((await ask(['red', ...noise, 'xyzzy', 'shrit'])).standIns).toEqual(new Map());
    const most = Array.from({ length: 110 }, (_, at) => `redshir${String.fromCodePoint(0x3b1 + at)}`);
    const { candidates, standIns } = await ask([...most, 'hat']);
    expect([candidates.map(({ id }) => id), standIns]).toEqual([['b'], new Map()]);
  },

  'forgives one slip of the keyboard where nothing else matches': async ({ index, writer }) => {
    await publish(writer, ROWS);
    await writer.upsert([row({ id: 'new', title: 'Umbrella' })]);
    const [slip, fresh] = await Promise.all(
      ['scraf', 'umbrela'].map((words) => index.candidates({ words, probes: [], candidates: 50 })),
    );
    expect(slip?.candidates).toHaveLength(30);
    expect(fresh?.candidates.map(({ id }) => id)).toEqual(['new']);
  },
};
