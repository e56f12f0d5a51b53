import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import { wanted } from '../../../subgraphs/retrieval/measures/judged-query.ts';
import { rankWindow } from '../../../subgraphs/retrieval/rank-window.ts';
import { FASHION, IKEA } from '../colours/coloured-item.ts';
import { colourQueries } from '../colours/colour-queries.ts';
import { judgedFilms } from '../films/judged-films.ts';
import type { RowContext } from '../relevance-row.ts';
import { DEFAULT } from '../shop/arm.ts';
import type { JudgedQuery } from '../shop/judge.ts';
import { openShop } from '../shop/open-shop.ts';
import type { Shop } from '../shop/open-shop.ts';
import { sourceOf } from '../shop/variant.ts';

/** What a window of a query shows: the linear scores of its hits, best first, and which of them are right. */
export interface ShownWindow {
  readonly scores: readonly number[];
  readonly right: readonly boolean[];
}

export interface SortedSet {
  readonly name: string;
  /** Of the queries that find something right. */
  readonly windows: readonly ShownWindow[];
}

/** Queries for a type, for a colour and a type, and of films, with what is found for them whatever the order. */
export async function sortedSets(
  { folder, encoded, say }: RowContext,
  part: 'validation' | 'test',
): Promise<readonly SortedSet[]> {
  const sets: SortedSet[] = [];
  for (const source of [FASHION, IKEA]) {
    const catalogue = await encoded.catalogue(source.catalogue);
    const items = (await sourceOf(catalogue)).flatMap((record) => source.read(record) ?? []);
    // Of few types there are few queries: what teaches bridges elsewhere teaches nothing here.
    const parts = part === 'test' ? (['test'] as const) : (['taught', 'validation'] as const);
    const queries = parts.flatMap((one) => colourQueries(items, one, source));
    const types = new Map(queries.map(({ type, grades }) => [type, new Map([...grades.keys()].map((id) => [id, 2]))]));
    const shop = await openShop(catalogue, { encoded, say });
    const named = [...types].map(([text, grades]) => ({ text, grades }));
    sets.push({ name: `${source.catalogue}, a type`, windows: await windowsOf(shop, named) });
    sets.push({ name: `${source.catalogue}, a colour and a type`, windows: await windowsOf(shop, queries) });
  }
  const films = await openShop(await encoded.catalogue('films'), { encoded, say });
  return [...sets, { name: 'films', windows: await windowsOf(films, judgedFilms(folder)[part]) }];
}

async function windowsOf(shop: Shop, queries: readonly JudgedQuery[]): Promise<readonly ShownWindow[]> {
  const windows: ShownWindow[] = [];
  for (const { text, grades } of queries) {
    const { plan, encoding } = await shop.ask({ text });
    const tilts = { query: encoding.tilt, viewer: NO_TILT, strength: 0 };
    const { hits } = await rankWindow(plan, shop.index, { profile: DEFAULT.profile, tilts, sort: [], now: NOW });
    const right = wanted(grades);
    // As the cut-off compares: without boosts.
    const linear = hits.map(({ signals }) =>
      Object.values(signals).reduce((sum, { contribution }) => sum + contribution, 0),
    );
    if (hits.some(({ id }) => right.has(id)))
      windows.push({ scores: linear, right: hits.map(({ id }) => right.has(id)) });
  }
  return windows;
}

/** Freshness is not measured here; a fixed time keeps runs alike. */
const NOW = Date.parse('2026-11-21T00:00:00Z');
