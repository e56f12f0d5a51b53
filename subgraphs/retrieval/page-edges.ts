import type { Item } from '../../src/vocabulary/item.ts';
import { writeCursor } from '../../src/vocabulary/cursor.ts';
import type { SearchRequest } from '../../src/vocabulary/search-request.ts';
import type { Versions } from './index/item-index.ts';
import { whatAnswers } from './index/partly-read.ts';
import type { Highlighter } from './highlights/highlighter.ts';
import { NOTHING_SAID } from './highlights/highlighter.ts';
import type { PageItems } from './keep-window.ts';
import type { Hit } from './ranking/hit.ts';
import type { Degradation } from './ranking/window.ts';
import { countDegradations } from './retrieval-metrics.ts';
import type { ServingIndex } from './serving-index.ts';

/** A hit on its way out: with its place, and its item once for the page. */
export interface Edge extends Hit {
  readonly position: number;
  readonly cursor: string;
  readonly node: Item | undefined;
  readonly highlighter: Highlighter;
}

/** The edges of a page, and what it had to do without. */
export interface PageEdges {
  readonly edges: readonly Edge[];
  readonly degradations: readonly Degradation[];
}

export interface PagePorts {
  readonly index: ServingIndex;
  readonly secret: string;
  /** Shows where hits say what was asked for; absent where nothing was asked for in words. */
  readonly highlighter?: Highlighter;
  /** Read anew where absent. */
  readonly items?: PageItems;
}

const ITEMS_UNREAD: Degradation = {
  code: 'INDEX_PARTIAL',
  message: 'Some of the catalogue did not answer in time, so items of this page may be missing; ask for it again.',
};

export async function pageEdges(
  hits: readonly (Hit & { readonly position: number })[],
  { queryId, hash }: SearchRequest,
  { index, secret, items, highlighter = NOTHING_SAID }: PagePorts,
): Promise<PageEdges> {
  const { byId, partial } = items ?? (await pageItems(hits, index));
  const degradations = partial ? [ITEMS_UNREAD] : [];
  countDegradations(degradations);
  const edges = hits.map((hit) => ({
    ...hit,
    cursor: writeCursor({ queryId, hash, position: hit.position }, secret),
    node: byId.get(hit.id),
    highlighter,
  }));
  return { edges, degradations };
}

/** The items of some hits, as they are now or, where an index tells versions, as they were found. */
export async function pageItems(
  hits: readonly Hit[],
  index: Pick<ServingIndex, 'items'>,
  versions?: Versions,
): Promise<PageItems> {
  const ids = hits.map(({ id }) => id);
  const { read, partial } = await whatAnswers(index.items(ids, versions));
  return { byId: new Map(read.flatMap((item) => (item ? [[item.id, item] as const] : []))), partial };
}
