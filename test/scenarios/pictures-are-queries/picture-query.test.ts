import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cornerItem, paint } from '../../support/corner-shop.ts';
import type { CornerItem } from '../../support/corner-shop.ts';
import { codesOf, lostIn } from '../../support/front-door.ts';
import { openPictureHost } from '../../support/picture-host.ts';
import type { PictureHost } from '../../support/picture-host.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
let host: PictureHost;
beforeAll(async () => {
  host = await openPictureHost({
    '/red-mug.png': await paint('mug', 'red'),
    '/page.png': Buffer.from('<html>no picture</html>'),
  });
  shop = await openShop({ env: { MEDLEY_IMAGE_URLS: 'any' } });
  shop.said.push(host.url);
});
afterAll(async () => {
  await shop.close();
  await host.close();
});

const items = new Map(Array.from({ length: 60 }, (_, n) => [cornerItem(n).id, cornerItem(n)] as const));

async function found(...parts: readonly object[]): Promise<readonly CornerItem[]> {
  const { edges } = await shop.search({ parts, minScore: 0 }, { first: 100 });
  return edges.flatMap(({ itemId }) => items.get(itemId) ?? []);
}

/** The mean place, from 0, of the items that are meant; those that were not found stand behind all. */
function meanPlace(hits: readonly CornerItem[], meant: (item: CornerItem) => boolean): number {
  const places = [...items.values()].filter(meant).map(({ id }) => {
    const place = hits.findIndex((hit) => hit.id === id);
    return place === -1 ? items.size : place;
  });
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}

const isRed = ({ colour }: CornerItem): boolean => colour === 'red';

describe('a picture as a query', () => {
  it('finds what looks like an uploaded one, whatever the titles say', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    const hits = await found({ imageId });
    expect(hits[0]).toMatchObject({ kind: 'mug', colour: 'red' });
    expect(hits.slice(0, 12).filter(isRed)).toHaveLength(12);
  });

  it('finds the same by its URL, and by an item that has it, which is not found itself', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    const uploaded = await found({ imageId });
    expect(await found({ imageUrl: `${host.url}/red-mug.png` })).toEqual(uploaded);
    const { edges } = await shop.search({ parts: [{ itemId: 'i000' }], weights: { image: 1 } }, { first: 11 });
    const byItem = edges.map(({ itemId }) => itemId);
    expect(byItem).not.toContain('i000');
    expect(byItem.toSorted()).toEqual(
      uploaded
        .slice(0, 12)
        .map(({ id }) => id)
        .filter((id) => id !== 'i000')
        .toSorted(),
    );
  });

  it('counts each part by its weight: words of one thing beside the look of another', async () => {
    const imageId = await shop.upload(await paint('lamp', 'blue'));
    const blue = ({ colour }: CornerItem): boolean => colour === 'blue';
    const both = (look: number): Promise<readonly CornerItem[]> =>
      found({ text: 'rug', weight: 1 }, { imageId, weight: look });
    expect((await both(1))[0]).toMatchObject({ kind: 'rug', colour: 'blue' });
    expect(meanPlace(await both(4), blue)).toBeLessThan(meanPlace(await both(0.25), blue));
  });

  it('moves what looks like a part of negative weight down', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    const mugs = await found({ text: 'mug' });
    const unlike = await found({ text: 'mug' }, { imageId, weight: -1 });
    expect(meanPlace(unlike, isRed)).toBeGreaterThan(meanPlace(mugs, isRed) + 5);
    expect(unlike[0]).toMatchObject({ kind: 'mug' });
    const byItem = await found({ text: 'mug' }, { itemId: 'i000', weight: -1 });
    expect(meanPlace(byItem, isRed)).toBeGreaterThan(meanPlace(mugs, isRed) + 5);
  });

  it('moves what words of negative weight describe down', async () => {
    const alba = ({ title }: CornerItem): boolean => title.startsWith('Alba');
    const mugs = await found({ text: 'mug' });
    const unlike = await found({ text: 'mug' }, { text: 'Alba', weight: -1 });
    expect(meanPlace(unlike, alba)).toBeGreaterThan(meanPlace(mugs, alba));
    expect(unlike[0]).toMatchObject({ kind: 'mug' });
  });

  it('answers with what is left when all is negative: everything, the least like it first', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    const unlike = await found({ imageId, weight: -1 });
    expect(unlike.length).toBeGreaterThan(0);
    expect(unlike.slice(0, 10).filter(isRed)).toEqual([]);
  });

  it('can be filtered, and counted by facets', async () => {
    const imageId = await shop.upload(await paint('mug', 'red'));
    const { edges, facets } = await shop.search({
      parts: [{ imageId }],
      filter: { field: 'brand', in: ['Kappel'] },
      facets: [{ field: 'brand' }],
    });
    expect(edges.every(({ itemId }) => items.get(itemId)?.['brand'] === 'Kappel')).toBe(true);
    expect(facets[0]?.values.map(({ value }) => value).toSorted()).toEqual(['Kappel', 'Nordhagen', 'Ostara']);
  });
});

describe('a picture that cannot be used', () => {
  const refusal = async (part: object) => {
    const answer = await shop.ask('query ($input: SearchInput!) { search(input: $input) { edges { itemId } } }', {
      input: { text: 'mug', parts: [part] },
    });
    return [answer.status, ...codesOf(answer)];
  };

  it('is refused with its own code', async () => {
    expect(await refusal({ imageId: 'f'.repeat(32) })).toEqual([404, 'UNKNOWN_IMAGE']);
    expect(await refusal({ imageId: '../../secret' })).toEqual([404, 'UNKNOWN_IMAGE']);
    expect(await refusal({ imageUrl: `${host.url}/nothing.png` })).toEqual([422, 'IMAGE_UNREACHABLE']);
    expect(await refusal({ imageUrl: `${host.url}/page.png` })).toEqual([422, 'IMAGE_UNREADABLE']);
    expect(await refusal({ imageUrl: 'file:///etc/passwd' })).toEqual([422, 'IMAGE_UNREACHABLE']);
    expect(await refusal({ imageUrl: 'http://nobody.invalid/a.png' })).toEqual([422, 'IMAGE_UNREACHABLE']);
  });

  it('costs nothing when the search then reads a later page: the window is kept', async () => {
    const imageId = await shop.upload(await paint('vase', 'violet'));
    const { pageInfo } = await shop.search({ parts: [{ imageId }] }, { first: 3 });
    const later = await shop.search({ parts: [{ imageId }] }, { first: 3, after: pageInfo.endCursor });
    expect(lostIn(later)).toEqual([]);
    expect(later.edges).toHaveLength(3);
  });
});
