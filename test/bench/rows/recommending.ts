import assert from 'node:assert/strict';
import { inTime } from '../finding.ts';
import { knownWords } from '../made-up-items.ts';
import { inOneShop } from '../one-shop.ts';
import { paired } from '../paired.ts';
import type { SearchedShop } from '../searched-shop.ts';

const ITEM = '{ id title price { amount currency } images { url alt } }';
const SIMILAR = `query Similar($id: ID!) {
  found: similarItems(input: { like: [{ id: $id }] }, first: 20) { edges { score node ${ITEM} } degradations { code } }
}`;
const SHELVES = `query Shelves($id: ID!) {
  found: recommendations(input: { clientId: "bench", context: [$id], shelves: [{ kind: FOR_YOU, first: 20 }, { kind: BOUGHT_TOGETHER, first: 20 }] }) {
    items { score node ${ITEM} } degradations { code }
  }
}`;

interface Shown {
  readonly score: number;
  readonly node: { readonly id: string } | null;
}
interface Shelf {
  readonly items: readonly Shown[];
  readonly degradations: readonly unknown[];
}
interface Similar {
  readonly edges: readonly Shown[];
  readonly degradations: readonly unknown[];
}

/** What is shown beside an item, against a whole search of the same shop. */
export const recommending = inOneShop(async (shop, turns) => {
  const warmUp = 20;
  const questions = knownWords(warmUp + turns);
  // Each turn looks at another item.
  const looked = await Promise.all(questions.map(async (text) => (await shop.search(text)).edges[3]?.itemId ?? ''));
  const against = <T>(ask: (id: string) => Promise<T>, check: (found: T, id: string) => void) =>
    paired(
      {
        medley: async (turn) => ({ found: await ask(looked[turn] ?? ''), id: looked[turn] ?? '' }),
        beside: (turn) => shop.search(questions[turn] ?? ''),
        check: ({ found, id }) => {
          check(found, id);
        },
      },
      { turns, warmUp },
    );
  const similar = await against(
    (id) => asked<Similar>(shop, SIMILAR, id),
    ({ edges, degradations }, id) => {
      checkShown(edges, id);
      assert.deepEqual(degradations, []);
    },
  );
  const shelves = await against(
    (id) => asked<readonly Shelf[]>(shop, SHELVES, id),
    (found, id) => {
      assert.equal(found.length, 2);
      for (const { items, degradations } of found) {
        checkShown(items, id);
        assert.deepEqual(degradations, []);
      }
    },
  );
  const beside = 'a whole search, asked before';
  const of = `${shop.items.toLocaleString('en')} items`;
  return [
    inTime(similar, { what: `similar items, ${of}`, beside, means: 'Twenty, each thing once, over HTTP.' }),
    inTime(shelves, {
      what: `two shelves, ${of}`,
      beside,
      means: 'For a new viewer and bought together beside an item, twenty items each, over HTTP.',
    }),
  ];
});

async function asked<T>(shop: SearchedShop, query: string, id: string): Promise<T> {
  return (await shop.ask<{ found: T }>(query, { id })).found;
}

function checkShown(shown: readonly Shown[], id: string): void {
  assert.equal(shown.length, 20);
  const ids = shown.map(({ node }) => node?.id);
  assert.equal(new Set(ids).size, 20);
  assert(!ids.includes(id) && !ids.includes(undefined), 'what is looked at is not beside itself');
}
