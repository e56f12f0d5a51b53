import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import { withBegunWord } from '../../../subgraphs/retrieval/begun-word.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { publish } from '../../contracts/item-index/promises.ts';
import { row } from '../../contracts/item-index/samples.ts';

const TITLES = [
  'Sneakers of leather',
  'Sneakers of canvas',
  'Snearly brush',
  'Leaf of a table',
  'Leaf of gold',
  'Leaflet',
  'Leather bag',
  'Crème brûlée dish',
  'Straight, with sleeves',
  'Straight skirt',
  'Strap',
  'T-blouson',
];

const { index, writer } = openMemoryIndex();
beforeAll(() =>
  publish(
    writer,
    TITLES.map((title, at) => row({ id: String(at), title, description: 'from walnut' })),
  ),
);

async function standsIn(words: string, literal?: readonly string[], by: typeof index = index) {
  const found = await index.candidates({ words, literal, probes: [], candidates: 1 });
  return Object.fromEntries(await withBegunWord({ ...found, words, literal }, by));
}

describe('the last word of a query', () => {
  it.each([
    ['red snea', { snea: ['sneaker'] }],
    ['Red SNEA', { snea: ['sneaker'] }],
    ['snea snea', { snea: ['sneaker'] }],
    ['brûl', { brul: ['brulee'] }],
    ['a table-snea', { snea: ['sneaker'] }],
  ])('that was only begun is the most common that begins so: "%s"', async (words, meant) => {
    expect(await standsIn(words)).toEqual(meant);
  });

  it.each(['snea ', 'snea!', 'snea red', 'sn', 'sneaker', 'wit', 'wal', 'sne4', 'qqq', '', '雪'])(
    'is what it is where it ends, is known, or nothing that is suggested begins so: "%s"',
    async (words) => {
      expect(await standsIn(words)).toEqual({});
    },
  );

  it('is no part of a word that no item has by itself, as a shirt where all are T-shirts', async () => {
    expect(await standsIn('blou')).toEqual({});
    expect(await standsIn('blouson')).toEqual({});
  });

  it('is what it begins, however common what it may be a slip of is, and a slip where it begins nothing', async () => {
    expect(await standsIn('stra')).toEqual({ stra: ['straight'] });
    expect(await standsIn('leat')).toEqual({ leat: ['leather'] });
    expect(await standsIn('leafl')).toEqual({ leafl: ['leaflet'] });
    expect(await standsIn('lether')).toEqual({ lether: ['leather'] });
  });

  it('is what it is where it is meant as it is written', async () => {
    expect(await standsIn('red snea', ['snea'])).toEqual({});
  });

  it.each([
    ['fails', () => Promise.reject(new Error('it does not answer'))],
    ['is late', () => sleep(10_000, ['Sneakers'], { ref: false })],
  ])('is read without where the index %s', async (_, suggest) => {
    const ask = () => standsIn('leaf snea', undefined, { ...index, suggest });
    expect(await underDeadline(deadlineIn(200), ask)).toEqual({});
  });
});
