import { useEffect, useRef } from 'preact/hooks';

import type { Edge } from '../shop/types.ts';
import type { Results } from '../shop/use-search.ts';
import type { Open } from '../shop.tsx';
import { ItemLink } from './item-link.tsx';
import { Variants } from './variants.tsx';
import { Why } from './why.tsx';

interface Props {
  readonly results: Results;
  readonly open: Open;
}

export function ResultGrid({ results, open }: Props) {
  const page = results.answer;
  if (!page) return <GridSkeleton />;
  return (
    <>
      <ol class="grid" data-stale={results.waiting}>
        {results.edges.map((edge) => (
          <Hit key={edge.itemId} edge={edge} queryId={page.queryId} open={open} />
        ))}
      </ol>
      {results.moreProblem && (
        <p class="more-problem" role="alert">
          {results.moreProblem}
        </p>
      )}
      {results.hasMore && <More results={results} />}
    </>
  );
}

function Hit({ edge, queryId, open }: { readonly edge: Edge; readonly queryId: string; readonly open: Open }) {
  const { node, explanation, highlights, variants, position } = edge;
  if (!node) return <li class="hit hit-gone">No longer in the shop</li>;
  return (
    <li class="hit">
      <ItemLink item={node} onOpen={() => open(node.id, { queryId, position })} />
      <Variants
        variants={variants}
        label={`${node.title} comes as this, too`}
        onOpen={(id) => open(id, { queryId, position })}
      />
      {explanation && explanation.signals.length > 0 && (
        <Why explanation={explanation} title={node.title} highlights={highlights} />
      )}
    </li>
  );
}

/** The next page comes when the button is pressed, or when it scrolls into view after the first press. */
function More({ results }: { readonly results: Results }) {
  const button = useRef<HTMLButtonElement>(null);
  const scrolled = useRef(false);
  useEffect(() => {
    if (!button.current || !scrolled.current || results.loadingMore || results.moreProblem) return;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) results.showMore();
    });
    seen.observe(button.current);
    return () => seen.disconnect();
  }, [results.edges.length, results.loadingMore]);
  const press = (): void => {
    scrolled.current = true;
    results.showMore();
  };
  return (
    <button ref={button} type="button" class="button more" disabled={results.loadingMore} onClick={press}>
      {results.loadingMore ? 'Fetching more…' : 'Show more'}
    </button>
  );
}

function GridSkeleton() {
  return (
    <div class="grid" aria-hidden="true">
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at}>
          <div class="bone bone-picture" />
          <div class="bone bone-line" />
          <div class="bone bone-line short" />
        </div>
      ))}
    </div>
  );
}
