import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeReport } from '../../../subgraphs/retrieval/catalogue/build-report.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { cornerItem } from '../../support/corner-shop.ts';
import type { Found } from '../../support/front-door.ts';
import { upsert } from '../../support/item-writes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';
import { keepCompanionsOf } from '../../support/trained-towers.ts';
import { event, recordEvents } from '../../support/viewer.ts';

const SERIES = ['Alba', 'Boreas', 'Cirrus', 'Dune', 'Ember'];
const ITEMS = 60;

interface Shelf {
  readonly fallback: string | null;
  readonly reason: string;
  readonly items: readonly { readonly node: { readonly title: string } | null }[];
}

describe('what viewers choose together', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ items: ITEMS });
    const chosen = Array.from({ length: ITEMS }, (_, n) =>
      event(`e${String(n)}`, {
        clientId: `fan-of-${SERIES[n % SERIES.length] ?? ''}`,
        action: 'CLICK',
        itemId: cornerItem(n).id,
      }),
    );
    expect(await recordEvents(shop, ...chosen)).toMatchObject({ accepted: ITEMS });
  });
  afterAll(() => shop.close());

  const together = async (id: string): Promise<Found> => {
    const { data, errors } = await shop.ask<{ similarItems: Found }>(
      `query ($id: ID!) { similarItems(input: { kind: CO_OCCURRING, like: [{ id: $id }] }, first: 8) {
        edges { itemId node { title } explanation { summary } } ranking { weights { signal weight } } degradations { code message }
      } }`,
      { id },
    );
    expect(errors).toEqual([]);
    return data.similarItems;
  };
  const shelfFor = async (id: string): Promise<Shelf | undefined> => {
    const { data } = await shop.ask<{ recommendations: readonly Shelf[] }>(
      `query ($id: ID!) { recommendations(input: { shelves: [{ kind: BOUGHT_TOGETHER, first: 6 }], context: [$id] }) {
        fallback reason items { node { title } }
      } }`,
      { id },
    );
    return data.recommendations[0];
  };

  it('is said to be unknown where it was not learned, and similar items are shown instead', async () => {
    const found = await together('i000');
    expect(found.degradations).toEqual([expect.objectContaining({ code: 'ROUTE_MISSING' })]);
    expect(found.degradations[0]?.message).toContain('similar items are shown instead');
    expect(found.edges.length).toBeGreaterThan(0);
    expect((await shelfFor('i000'))?.fallback).toBe('SIMILAR');
  });

  it('is taken at the next build where it finds more than likeness does, and the report tells by how much', async () => {
    await keepCompanionsOf(shop, SERIES);
    const catalogue = await readCatalogue(join(shop.folder, 'catalogue.json'));
    const report = await shop.medley.retrieval.indexing.run(catalogue);
    expect(describeReport(report)).toMatch(
      /What goes together, trained on 300 pairs: companions of newcomers Recall@10/,
    );
  });

  it('is what similar items of that kind are found by, whatever is alike', async () => {
    const found = await together('i000');
    expect(found.degradations).toEqual([]);
    expect(found.ranking.weights).toEqual([{ signal: 'ITEM', weight: 1 }]);
    expect(found.edges).toHaveLength(8);
    for (const { node, itemId } of found.edges) {
      expect(node?.title).toContain('Alba');
      expect(itemId).not.toBe('i000');
    }
  });

  it('fills the shelf of an item that nobody has bought, of a newcomer, too, and the shelf says so', async () => {
    await upsert(shop, { id: 'new', title: 'Ember birdcage' });
    const shelf = await shelfFor('new');
    expect(shelf?.fallback).toBe('CO_OCCURRING');
    expect(shelf?.items).toHaveLength(6);
    for (const { node } of shelf?.items ?? []) expect(node?.title).toContain('Ember');
  });

  it('changes nothing of what is alike', async () => {
    const { data } = await shop.ask<{ similarItems: Found }>(
      '{ similarItems(input: { like: [{ id: "i000" }] }) { ranking { weights { signal weight } } } }',
    );
    expect(data.similarItems.ranking.weights.map(({ signal }) => signal)).toEqual(['TEXT', 'IMAGE']);
  });
});
