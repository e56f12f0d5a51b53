import { expect } from '@jest/globals';
import type { CandidateSet, IndexQuery, ItemIndex } from '../../../subgraphs/retrieval/index/item-index.ts';
import { synonymRules } from '../../../subgraphs/retrieval/index/synonym-rules.ts';
import { Synonyms } from '../../../subgraphs/retrieval/index/synonyms.ts';
import { publish } from './promises.ts';
import type { OpenIndex, Promises } from './promises.ts';
import { row } from './samples.ts';

/** What the searches of these promises are read by. */
const RULES = new Synonyms(
  synonymRules(`
    # furniture
    Sofas, couch, settee
    char => chair
    telly => television
    box => box, television
    tv, screen
    TV set, television
    couch, bench
    shirt, blouse
    flip flops, thongs
    scraf, shawl
    suit of armour, harness
  `),
);

async function titled({ writer }: OpenIndex, titles: readonly string[], id?: string): Promise<void> {
  const rows = titles.map((title, at) => row({ id: `t${at}`, title }));
  await publish(writer, rows, id);
}

function asking(words: string): IndexQuery {
  return { words, synonyms: RULES, probes: [], candidates: 20 };
}

function ask(index: ItemIndex, words: string): Promise<CandidateSet> {
  return index.candidates(asking(words));
}

async function found(index: ItemIndex, words: string): Promise<readonly string[]> {
  return (await ask(index, words)).candidates.map(({ id }) => id);
}

/** BM25 by id. */
async function scores(index: ItemIndex, words: string): Promise<Readonly<Record<string, number>>> {
  return Object.fromEntries((await ask(index, words)).candidates.map(({ id, lexical }) => [id, lexical]));
}

const idf = (items: number, having: number): number => Math.log(1 + (items - having + 0.5) / (having + 0.5));

/** What a shop says that words mean, beside themselves. */
export const SYNONYMS: Promises = {
  'answers a synonym that no item has as the word that items have, and takes neither for a slip': async (opened) => {
    await titled(opened, ['Red sofa', 'Sofas', 'Chair', 'Lamp']);
    const { index } = opened;
    const sofa = await ask(index, 'red sofa');
    expect(sofa.candidates.map(({ id }) => id)).toEqual(['t0', 't1']);
    for (const words of ['red couch', 'RED settees']) expect(await ask(index, words)).toEqual(sofa);
    expect(await ask(index, 'char')).toEqual(await ask(index, 'chair'));
    expect(await found(index, 'lamp')).toEqual(['t3']);
  },

  'mends a slip in a word that only rules know': async (opened) => {
    await titled(opened, ['Red sofa', 'Red chair', 'Suit', 'Harness']);
    const { index } = opened;
    expect(await ask(index, 'red setee')).toEqual({
      ...(await ask(index, 'red settee')),
      standIns: new Map([['setee', ['settee']]]),
    });
    expect(await ask(index, 'Red couhcs')).toEqual({
      ...(await ask(index, 'red couch')),
      standIns: new Map([['couhc', ['couch']]]),
    });
    for (const words of ['suit of amrour', 'suit of armuor'])
      expect((await found(index, words)).includes('t3')).toBe(true);
    expect((await ask(index, 'amrour')).standIns).toEqual(new Map());
    const literal = await index.candidates({ ...asking('setee'), literal: ['setee'] });
    expect(literal).toMatchObject({ candidates: [], standIns: new Map() });
  },

  'counts an item that says a synonym as much as one that says the word': async (opened) => {
    await titled(opened, ['Couch', 'Sofa', 'Sofa', 'Settee', 'Lamp', 'Lamp']);
    const { candidates, idfSum } = await ask(opened.index, 'couch');
    expect(candidates.map(({ id }) => id)).toEqual(['t0', 't1', 't2', 't3']);
    for (const { lexical } of candidates) expect(lexical).toBeCloseTo(candidates[0]?.lexical ?? 0, 4);
    expect(idfSum).toBeCloseTo(idf(6, 1), 6);
  },

  'counts the better of the word and its synonyms, never their sum': async (opened) => {
    await titled(opened, ['Sofa couch settee', 'Couch red lamp', 'Lamp']);
    const { t0, t1 } = await scores(opened.index, 'couch');
    expect(t0).toBeCloseTo(t1 ?? 0, 4);
  },

  'looks for the right side alone where a rule says so, and for both where it names both': async (opened) => {
    await titled(opened, ['Telly', 'Television', 'Box', 'Lamp']);
    const { index } = opened;
    expect(await ask(index, 'telly')).toEqual(await ask(index, 'television'));
    expect(await found(index, 'telly')).toEqual(['t1']);
    expect(await found(index, 'box')).toEqual(['t1', 't2']);
    expect(await found(index, 'television')).toEqual(['t1']);
  },

  'finds by a word what has all words of its synonym, and by those what has the word': async (opened) => {
    await titled(opened, ['TV set', 'Set', 'Television', 'TV', 'Lamp', 'Armour suit', 'Suit']);
    const { index } = opened;
    expect(await found(index, 'television')).toEqual(['t0', 't2']);
    const { t1, t2, t3 } = await scores(index, 'tv set');
    expect(t2).toBeCloseTo((t1 ?? 0) + (t3 ?? 0), 4);
    expect((await ask(index, 'tv set')).idfSum).toBeCloseTo(2 * idf(7, 2), 6);
    expect(await found(index, 'harness')).toEqual(['t5']);
  },

  'applies the longest rule, from the left, and none to what another says': async (opened) => {
    await titled(opened, ['Screen', 'Television', 'Bench', 'Sofa', 'TV', 'Set']);
    const { index } = opened;
    expect(await found(index, 'tv')).toEqual(['t0', 't4']);
    expect(await found(index, 'tv set')).toEqual(['t1', 't4', 't5']);
    expect(await found(index, 'set tv')).toEqual(['t0', 't4', 't5']);
    expect(await found(index, 'sofa')).toEqual(['t3']);
    expect(await found(index, 'couch')).toEqual(['t2', 't3']);
  },

  'goes on finding what items write as one word': async (opened) => {
    await titled(opened, ['T-shirt', 'Silk blouse', 'Flipflops', 'Thong', 'Lamp']);
    const { index } = opened;
    expect(await found(index, 't shirt')).toEqual(['t0', 't1']);
    expect(await found(index, 'flip-flops')).toEqual(['t2', 't3']);
    await titled(opened, ['Flip-Flops', 'Flip flop', 'Thongs', 'Lamp'], 'second');
    expect(await found(index, 'flipflops')).toEqual(['t0', 't1']);
    expect(await found(index, 'flip flops')).toEqual(['t0', 't1', 't2']);
  },

  'mends a slip that is in a rule where no item has its synonyms': async (opened) => {
    await titled(opened, ['Scarf', 'Lamp']);
    const { index, writer } = opened;
    expect(await ask(index, 'scraf')).toMatchObject({ standIns: new Map([['scraf', ['scarf']]]) });
    await writer.upsert([row({ id: 'new', title: 'Shawl' })]);
    expect(await ask(index, 'scraf')).toMatchObject({ standIns: new Map(), candidates: [{ id: 'new' }] });
  },

  'counts a synonym beside other words and inside a filter': async (opened) => {
    await titled(opened, ['Red sofa', 'Blue couch', 'Red lamp', 'Red bench']);
    const { index } = opened;
    const { t0, t1, t2 } = await scores(index, 'red couch');
    expect(t0).toBeCloseTo((t1 ?? 0) + (t2 ?? 0), 4);
    const filter = { ids: ['t1', 't2'] };
    const { candidates } = await index.candidates({ ...asking('red sofa'), filter });
    expect(candidates.map(({ id }) => id)).toEqual(['t1', 't2']);
  },
};
