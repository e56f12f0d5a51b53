import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchesReport } from '../../../subgraphs/retrieval/searched/searches-report.ts';
import { killLeft, medleyProcess } from '../../support/medley-process.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { event, recordEvents } from '../../support/viewer.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await killLeft();
  await shop.close();
});

const VIEWERS = 12;

async function inspect(...args: readonly string[]) {
  const command = medleyProcess(['inspect', 'searches', ...args], { MEDLEY_DATA_DIR: shop.dataFolder });
  const code = await command.ended;
  return { code, told: command.told(), printed: command.printed() };
}

async function report(): Promise<SearchesReport> {
  return JSON.parse((await inspect('--json')).told) as SearchesReport;
}

/** A viewer searches, and clicks on what stands at the position. */
async function visit(viewer: number, text: string, position?: number): Promise<void> {
  const clientId = `browser-${viewer}`;
  const { id, edges } = await shop.search({ text, clientId }, { first: 10 });
  const chosen = edges.find((edge) => edge.position === position);
  if (!chosen) return;
  const { itemId } = chosen;
  await recordEvents(shop, event(`${id}/${itemId}`, { clientId, queryId: id, itemId, position }));
}

async function visitTheShop(): Promise<void> {
  for (let viewer = 0; viewer < VIEWERS; viewer++) {
    await visit(viewer, viewer % 2 ? 'red mug' : ' Red  MUG', 1);
    await visit(viewer, 'blue lamp', 2);
    await visit(viewer, 'green rug');
    if (viewer < 6) await visit(viewer, 'red settee');
    if (viewer < 7) await visit(viewer, 'kicks');
    if (viewer < 5) await visit(viewer, 'black chiar', 1);
  }
  for (const typed of ['yel', 'yellow', 'yellow b', 'yellow bag']) await visit(1, typed);
  for (let n = 0; n < 9; n++) await visit(3, 'my own name');
  const filter = { field: 'price', range: { gt: 1e6 } };
  await shop.search({ text: 'red mug', clientId: 'browser-1', filter });
  await shop.search({ clientId: 'browser-1', filter });
  await shop.search({ text: 'red mug' });
}

describe('what is searched', () => {
  it('is told to be nothing where nobody has searched', async () => {
    const { code, told } = await inspect();
    expect({ code, told }).toEqual({
      code: 0,
      told: expect.stringMatching(/^No viewer with a clientId or userId searched .*\n$/),
    });
    expect(await report()).toMatchObject({ searches: 0, mostSearched: [] });
  });

  it('is counted while the shop serves, with what was found and chosen', async () => {
    await visitTheShop();
    const { mostSearched, ...overall } = await report();
    expect(overall).toMatchObject({
      viewers: VIEWERS,
      zeroResultRate: expect.any(Number),
      notCounted: { unnamed: 1, browses: 1, withPictures: 0 },
      leftOut: { leastViewers: 5 },
    });
    // On a machine that is too busy to answer within the pause, some keystrokes look like searches.
    const { searches, notCounted } = overall;
    expect(searches + notCounted.typedOn).toBe(3 * VIEWERS + 6 + 7 + 5 + 4 + 9 + 1);
    expect(notCounted.typedOn).toBeGreaterThan(0);
    expect(overall.clickThroughRate).toBeCloseTo((2 * VIEWERS + 5) / searches, 9);
    expect(overall.meanReciprocalRank).toBeCloseTo((1.5 * VIEWERS + 5) / searches, 9);
    expect(mostSearched).toMatchObject([
      { query: 'red mug', searches: VIEWERS + 1, viewers: VIEWERS, found: 'WORDS', meanPosition: 1 },
      { query: 'blue lamp', searches: VIEWERS, clickThroughRate: 1, meanPosition: 2 },
      { query: 'green rug', clickThroughRate: 0, meanPosition: null },
      { query: 'kicks', searches: 7 },
      { query: 'red settee', searches: 6 },
      { query: 'black chiar', readAs: 'black chair', unknownWords: [] },
    ]);
  });

  it('shows which words need synonyms', async () => {
    const { forSynonyms } = await report();
    expect(forSynonyms).toMatchObject([
      { query: 'kicks', found: expect.stringMatching(/LIKENESS|NOTHING/), unknownWords: ['kicks'] },
      { query: 'red settee', found: 'WORDS', unknownWords: ['settee'] },
    ]);
  });

  it('shows what is chosen less than it should be', async () => {
    const { chosenLess } = await report();
    expect(chosenLess.map(({ query }) => query)).toEqual(['green rug']);
  });

  it('is a table for people, and says nothing of who searched nor what few did', async () => {
    const { code, told, printed } = await inspect('--limit', '2');
    expect(code).toBe(0);
    expect(told).toMatch(/^ {2}red mug +13 +12 /m);
    expect(told).not.toContain('black chiar');
    expect(printed).toContain('reading the query log');
    expect(printed).not.toMatch(/browser|my own name|yellow/);
  });

  it('is the same where nothing runs', async () => {
    const before = await report();
    await shop.medley.close();
    expect(await report()).toEqual(before);
  });
});
