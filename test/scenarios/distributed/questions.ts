import { paint } from '../../support/corner-shop.ts';
import type { FrontDoor } from '../../support/front-door.ts';

const EDGES = `edges { itemId position score node { title images { url } attributes }
  explanation { summary boost signals { signal raw normalized weight contribution imputed } } }`;
const PAGE = `pageInfo { hasNextPage hasPreviousPage endCursor } totalCount { value relation }
  ranking { profile version window weights { signal weight prior queryTilt viewerTilt } } degradations { code message }`;
const SEARCH = `query ($input: SearchInput!, $first: Int, $after: String) {
  search(input: $input, first: $first, after: $after) { ${EDGES} ${PAGE} facets { field values { value count selected } } }
}`;
const SIMILAR = `query ($input: SimilarItemsInput!) { similarItems(input: $input, first: 5) { ${EDGES} ${PAGE} } }`;
const SHELVES = `query ($input: RecommendationsInput!) {
  recommendations(input: $input) { kind reason fallback items { itemId position score node { title } } degradations { code message } }
}`;

interface Page {
  readonly search: { readonly pageInfo: { readonly endCursor: string } };
}

type Questions = Readonly<Record<string, (door: FrontDoor) => Promise<unknown>>>;

/** What a storefront asks, in words; each resolves to the whole answer. */
export const QUESTIONS: Questions = {
  words: (door) => search(door, { text: 'red mug of Alba' }),
  'words of a known viewer': (door) => search(door, { text: 'lamp', userId: 'ann', clientId: 'phone' }),
  'an uploaded picture': async (door) =>
    search(door, { parts: [{ imageId: await door.upload(await paint('bag', 'blue')) }] }),
  'an item': (door) => search(door, { parts: [{ itemId: 'i007' }] }),
  'weighted parts': async (door) =>
    search(door, {
      parts: [
        { text: 'vase', weight: 0.6 },
        { imageId: await door.upload(await paint('vase', 'green')), weight: 1.4 },
        { itemId: 'i010', weight: -0.5 },
      ],
      weights: { image: 0.7, text: 0.3 },
    }),
  'a filter and facets': (door) =>
    search(door, {
      text: 'chair',
      filter: { and: [{ field: 'price', range: { lt: 40 } }, { not: { field: 'brand', in: ['Ostara'] } }] },
      facets: [{ field: 'brand' }, { field: 'price', ranges: [{ to: 20 }, { from: 20, to: 40 }] }],
    }),
  'page two': async (door) => {
    const { data } = await door.ask<Page>(SEARCH, { input: { text: 'mug' }, first: 4 });
    return door.ask(SEARCH, { input: { text: 'mug' }, first: 4, after: data.search.pageInfo.endCursor });
  },
  'similar items': (door) =>
    door.ask(SIMILAR, { input: { like: [{ id: 'i003' }, { id: 'i009', weight: 2 }], unlike: [{ id: 'i004' }] } }),
  shelves: (door) =>
    door.ask(SHELVES, {
      input: {
        userId: 'ann',
        context: ['i005'],
        shelves: ['FOR_YOU', 'TRENDING', 'BOUGHT_TOGETHER', 'RECENTLY_VIEWED'].map((kind) => ({ kind, first: 4 })),
      },
    }),
  'what is published': (door) =>
    door.ask(
      '{ catalogue { name items fields { name type } } suggest(prefix: "re") { text } item(id: "i001") { title price { amount } } }',
    ),
};

/** What a storefront should not ask. */
export const MISTAKES: Questions = {
  'asked for an item that is not there': (door) => search(door, { parts: [{ itemId: 'nothing' }] }),
  'sent a picture that is none': async (door) => {
    const { status, text } = await door.send('/images', {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: 'none',
    });
    return { status, said: JSON.parse(text) as unknown };
  },
};

function search(door: FrontDoor, input: object): Promise<unknown> {
  return door.ask(SEARCH, { input, first: 8 });
}
