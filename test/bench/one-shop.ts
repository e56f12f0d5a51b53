import { openEncoders } from '../../src/inference/open-encoders.ts';
import { queryEmbeddingConfig } from '../../subgraphs/query-embedding/config.ts';
import type { Finding, Row } from './finding.ts';
import { openShop, writeShop } from './searched-shop.ts';
import type { SearchedShop } from './searched-shop.ts';

const ITEMS = { full: 50_000, quick: 1000 } as const;
const TURNS = { full: 61, quick: 5 } as const;

type Measure = (shop: SearchedShop, turns: number) => Promise<readonly Finding[]>;

/** A row whose sides are both asked of one shop, of 50,000 made-up items. */
export function inOneShop(measure: Measure): Row {
  return async ({ quick, folder, say }) => {
    const size = quick ? 'quick' : 'full';
    await writeShop(folder, ITEMS[size]);
    const encoders = await openEncoders(queryEmbeddingConfig({}).models);
    const shop = await openShop(folder, encoders);
    try {
      say(`${shop.items} items are served`);
      return await measure(shop, TURNS[size]);
    } finally {
      await shop.close();
      await encoders.close();
    }
  };
}
