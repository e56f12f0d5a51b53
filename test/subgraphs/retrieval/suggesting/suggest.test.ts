import { describe, expect, it } from '@jest/globals';
import { PopularSearches } from '../../../../subgraphs/retrieval/suggesting/popular-searches.ts';
import { suggest } from '../../../../subgraphs/retrieval/suggesting/suggest.ts';

const POPULAR = new PopularSearches([
  'teal dress',
  'summer dress',
  'crème brûlée set',
  'red t-shirt',
  'dress',
  'Teal Dress',
  'rêd',
]);

function suggested(prefix: string, { limit = 8, called = [] as readonly string[] } = {}) {
  const index = { suggest: (_: string, most: number) => Promise.resolve(called.slice(0, most)) };
  return suggest({ index, popular: POPULAR }, prefix, limit);
}

const textsOf = async (prefix: string, asked?: Parameters<typeof suggested>[1]) =>
  (await suggested(prefix, asked)).map(({ text }) => text);

describe('suggestions', () => {
  it('begin with what many search that begins so, then what has a later word that does, in the order of the file', async () => {
    expect(await textsOf('dr')).toEqual(['dress', 'teal dress', 'summer dress']);
    expect(await textsOf('Dress SU')).toEqual(['summer dress']);
    expect(await textsOf('tshirt')).toEqual(['red t-shirt']);
    expect(await textsOf('creme bru')).toEqual(['crème brûlée set']);
    expect(await textsOf('red')).toEqual(['red t-shirt', 'rêd']);
    expect(await textsOf('ress')).toEqual([]);
    expect(await textsOf('  ')).toEqual([]);
  });

  it('go on with what items are called, each text once, however it is written', async () => {
    const called = ['Teal Dress', 'Tealight', 'Teapot'];
    expect(await suggested('te', { called })).toEqual([
      { text: 'teal dress', popular: true },
      { text: 'Tealight', popular: false },
      { text: 'Teapot', popular: false },
    ]);
    expect(await textsOf('te', { called, limit: 2 })).toEqual(['teal dress', 'Tealight']);
    expect(await textsOf('te', { called, limit: 1 })).toEqual(['teal dress']);
  });
});
