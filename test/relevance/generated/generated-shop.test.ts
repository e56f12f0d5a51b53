import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../src/inference/hashing-encoder.ts';
import { together } from '../../../src/inference/open-encoders.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { memoryEncodingStore } from '../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { baselinesOf } from '../report-arms.ts';
import { blend, DEFAULT } from '../shop/arm.ts';
import { judgeArms } from '../shop/judge.ts';
import { openShop } from '../shop/open-shop.ts';
import type { ShopPorts } from '../shop/open-shop.ts';
import { withSwappedPictures } from '../shop/swapped-pictures.ts';
import { colourAndKind, KINDS, untoldItems, writeUntoldShop } from './untold-shop.ts';

const ITEMS = untoldItems({ ofEach: 10, told: 3 });
const ARMS = {
  'as installed': DEFAULT,
  'text and looks': blend({ text: 0.6, image: 0.4 }),
  'BM25 alone': blend({ lexical: 1 }),
  'text alone': blend({ text: 1 }),
  'image alone': blend({ image: 1 }),
};

/**
 * What was measured when this was written. A change that moves one of them by more than the margin says so here: since the bridge learns
 * common words, pictures find .898 by themselves instead of .803; since what a cosine means is told from the query, half of whose words
 * may be names that no picture shows, all together find .729 instead of .535.
 */
const MEASURED = { 'as installed': 0.729, 'BM25 alone': 0.469, 'text alone': 0.682, 'image alone': 0.898 };
const MARGIN = 0.03;

let folder: string;
let catalogue: Catalogue;
const ports: ShopPorts = {
  encoded: { encoders: together(hashingTextEncoder(), hashingPictureEncoder()), encodings: memoryEncodingStore() },
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-generated-'));
  catalogue = await readCatalogue(await writeUntoldShop(folder, ITEMS));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a generated shop of which three titles in ten say the colour', () => {
  it('ranks as well as when this was written, by every signal and by all', async () => {
    const shop = await openShop(catalogue, ports);
    const figures = baselinesOf(await judgeArms(shop, colourAndKind(ITEMS, KINDS), ARMS), 'nDCG@10');
    for (const [arm, measured] of Object.entries(MEASURED)) {
      expect({ arm, ...figures }).toMatchObject({ arm, [arm]: expect.closeTo(measured, -Math.log10(2 * MARGIN)) });
    }
  });

  it('gains by pictures, and nothing by pictures of other items', async () => {
    const shop = await openShop(catalogue, ports);
    const queries = colourAndKind(ITEMS, KINDS);
    const own = baselinesOf(await judgeArms(shop, queries, ARMS), 'nDCG@10');
    const ids = ITEMS.map(({ id }) => id);
    const swapped = baselinesOf(await judgeArms(await withSwappedPictures(shop, ids, ports), queries, ARMS), 'nDCG@10');
    const gain = (of: typeof own) => (of['text and looks'] ?? 0) - (of['text alone'] ?? 0);
    expect(gain(own)).toBeGreaterThan(MARGIN);
    expect(gain(swapped)).toBeLessThan(MARGIN / 2);
  });
});
