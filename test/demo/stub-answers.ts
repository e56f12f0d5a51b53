import type { DemoItem } from '../../demo/catalogue/catalogue.ts';

/** The part of a GraphQL request that the stand-in reads. */
export interface StubRequest {
  readonly query: string;
  readonly variables: {
    readonly input?: {
      readonly text?: string;
      readonly userId?: string;
      readonly filter?: { readonly and?: readonly Filter[] };
      readonly shelves?: readonly { readonly kind: string }[];
    };
    readonly id?: string;
    readonly first?: number;
    readonly after?: string;
    readonly prefix?: string;
  };
}

interface Filter {
  readonly field?: string;
  readonly in?: readonly string[];
}

const SIGNALS = ['LEXICAL', 'TEXT', 'IMAGE'] as const;
const CATALOGUE = {
  name: 'demo',
  items: 600,
  fields: ['category', 'colour', 'pattern', 'material', 'brand'].map((name) => ({ name, type: 'STRING' })),
};
const BLENDS: Readonly<Record<string, readonly [number, number, number]>> = {
  'demo-iris': [0.2, 0.22, 0.58],
  'demo-ned': [0.48, 0.36, 0.16],
  'demo-maya': [0.28, 0.34, 0.38],
};

/** Canned answers in the shape of the API: plausible to look at, ranked by little more than shared words. */
export function stubAnswer(items: readonly DemoItem[], { query, variables }: StubRequest): unknown {
  const { input, id, first = 12, after, prefix = '' } = variables;
  if (query.startsWith('{ catalogue')) return { data: { catalogue: CATALOGUE } };
  if (query.startsWith('query Search'))
    return { data: { search: searchPage(items, { ...(input ?? {}), first, from: Number(after ?? 0) }) } };
  if (query.startsWith('query Similar'))
    return { data: { similarItems: { queryId: 's1', edges: items.slice(40, 52).map(edge) } } };
  if (query.startsWith('query Item'))
    return { data: { item: nodes(items.filter((item) => item.id === id))[0] ?? null } };
  if (query.startsWith('query Suggest')) return { data: { suggest: suggested(items, prefix) } };
  if (query.startsWith('query Shelves')) {
    const kinds = input?.shelves ?? [];
    return {
      data: {
        recommendations: kinds.map(({ kind }, at) => ({
          id: kind,
          kind,
          reason: 'Picked for this check.',
          fallback: at === 1 ? 'popular items instead' : null,
          items: items.slice(at * 30, at * 30 + 12).map(edge),
        })),
      },
    };
  }
  if (query.startsWith('query Profile'))
    return {
      data: {
        viewerProfile: {
          confidence: 0.7,
          eventsUsed: 41,
          mixture: { text: 0.4, image: 0.6, experts: [{ name: 'clicks', gate: 0.6, text: 0.3, image: 0.7 }] },
        },
      },
    };
  return { data: { recordEvents: { accepted: 1 } } };
}

/** Titles with a word that begins as the last one typed. */
function suggested(items: readonly DemoItem[], prefix: string): readonly { readonly text: string }[] {
  const last = prefix.toLowerCase().split(/\s+/).at(-1) ?? '';
  const titles = new Set(items.map(({ title }) => title));
  const found = [...titles].filter((title) =>
    title
      .toLowerCase()
      .split(/\W+/)
      .some((word) => word.startsWith(last)),
  );
  return found.slice(0, 6).map((text) => ({ text }));
}

type Wanted = NonNullable<StubRequest['variables']['input']> & { readonly first: number; readonly from: number };

function searchPage(items: readonly DemoItem[], { text = '', userId = '', filter, first, from }: Wanted): unknown {
  const words = text.toLowerCase().split(/\W+/).filter(Boolean);
  const score = (item: DemoItem): number =>
    words.filter((word) => JSON.stringify(item).toLowerCase().includes(word)).length;
  const kept = items
    .filter((item) =>
      (filter?.and ?? []).every(
        ({ field, in: wanted }) => !field || !wanted || wanted.some((value) => valuesOf(item, field).includes(value)),
      ),
    )
    .filter((item) => words.length === 0 || score(item) > 0)
    .sort((a, b) => score(b) - score(a));
  const blend = BLENDS[userId] ?? [0.34, 0.33, 0.33];
  return {
    queryId: `q-${text}`,
    totalCount: { value: kept.length, relation: 'EXACT' },
    pageInfo: { hasNextPage: from + first < kept.length, endCursor: String(from + first) },
    facets: ['category', 'colour', 'pattern', 'material', 'brand'].map((field) => facet(kept, field)),
    ranking: {
      profile: 'default',
      version: 1,
      weights: SIGNALS.map((signal, at) => ({
        signal,
        weight: blend[at] ?? 0,
        prior: 1 / 3,
        queryTilt: 0.1 * at,
        viewerTilt: userId ? Math.log((blend[at] ?? 1) * 3) : 0,
      })),
    },
    didYouMean: text.includes('derss') ? text.replace('derss', 'dress') : null,
    degradations: text.includes('degraded')
      ? [{ code: 'SUBGRAPH_DOWN', message: 'Pictures were not compared for this search.' }]
      : [],
    edges: kept
      .slice(from, from + first)
      .map((item, at) => ({ ...edge(item, from + at), explanation: explanation(blend, from + at) })),
  };
}

function explanation(blend: readonly [number, number, number], at: number): unknown {
  const signals = SIGNALS.map((signal, place) => {
    const weight = blend[place] ?? 0;
    const normalized = Math.max(0.08, 0.92 - at * 0.013 - ((at * 7 + place * 5) % 6) * 0.09);
    return {
      signal,
      raw: normalized,
      normalized,
      weight,
      contribution: weight * normalized,
      rank: at + 1 + place,
      imputed: signal === 'IMAGE' && at % 5 === 3,
    };
  });
  return {
    summary: 'Mostly for its looks: the picture fits the query better than almost all others.',
    boost: 0.012,
    signals,
  };
}

function facet(items: readonly DemoItem[], field: string): unknown {
  const counts = Map.groupBy(
    items.flatMap((item) => valuesOf(item, field)),
    (value) => value,
  );
  const values = [...counts].map(([value, all]) => ({
    value,
    count: all.length,
    selected: false,
    from: null,
    to: null,
  }));
  return { field, values: values.sort((a, b) => b.count - a.count).slice(0, 10) };
}

function valuesOf(item: DemoItem, field: string): readonly string[] {
  const value: unknown = new Map<string, unknown>(Object.entries(item)).get(field);
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function edge(item: DemoItem, at: number): object {
  return { position: at + 1, score: 0.9 - at * 0.01, itemId: item.id, node: nodes([item])[0] };
}

function nodes(items: readonly DemoItem[]): readonly unknown[] {
  return items.map(
    ({ id, title, description, brand, category, price, inStock, groupId, colour, pattern, material, shape }) => ({
      id,
      title,
      description,
      brand,
      category,
      images: [{ url: `/pictures/${id}`, alt: title }],
      price: { amount: price, currency: 'EUR' },
      inStock,
      groupId,
      attributes: { colour, pattern, material, shape },
    }),
  );
}
