import { useEffect, useState } from 'preact/hooks';

import { ask } from './ask.ts';
import { useAsked, type Asked } from './asked.ts';
import { useCatalogue } from './catalogue.ts';
import { SEARCH } from './documents.ts';
import type { Place } from './place.ts';
import { searchInput } from './search-input.ts';
import type { Edge, Page } from './types.ts';
import type { Shopper } from './viewer.ts';

const FIRST = 24;

export interface Results extends Asked<Page> {
  /** The hits of all pages shown so far. */
  readonly edges: readonly Edge[];
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly showMore: () => void;
  readonly moreProblem: string | undefined;
}

interface Later {
  readonly of: string;
  readonly edges: readonly Edge[];
  readonly hasMore: boolean;
  readonly cursor: string | null;
}

/** The answer to a place, and the pages after it by cursor. */
export function useSearch(place: Place, shopper: Shopper, attempt: number): Results {
  const input = searchInput(place, { shopper, catalogue: useCatalogue() });
  const asked = useAsked(`${String(attempt)} ${JSON.stringify(input)}`, async (signal) => {
    const { search } = await ask<{ search: Page }>(SEARCH, { input, first: FIRST }, signal);
    return search;
  });
  const page = asked.answer;
  const [later, setLater] = useState<Later>();
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<string>();
  useEffect(() => setMoreProblem(undefined), [page?.queryId]);
  const added = later && later.of === page?.queryId ? later : undefined;
  const showMore = (): void => {
    if (!page || loadingMore) return;
    setLoadingMore(true);
    setMoreProblem(undefined);
    const after = added ? added.cursor : page.pageInfo.endCursor;
    ask<{ search: Page }>(SEARCH, { input, first: FIRST, after })
      .then(({ search }) =>
        setLater({
          of: page.queryId,
          edges: [...(added?.edges ?? []), ...search.edges],
          hasMore: search.pageInfo.hasNextPage,
          cursor: search.pageInfo.endCursor,
        }),
      )
      .catch((problem: unknown) =>
        setMoreProblem(problem instanceof Error ? problem.message : 'The next page did not come.'),
      )
      .finally(() => setLoadingMore(false));
  };
  return {
    ...asked,
    edges: [...(page?.edges ?? []), ...(added?.edges ?? [])],
    hasMore: added ? added.hasMore : (page?.pageInfo.hasNextPage ?? false),
    loadingMore,
    showMore,
    moreProblem,
  };
}
