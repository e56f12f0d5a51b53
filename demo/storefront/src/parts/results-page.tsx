import { useState } from 'preact/hooks';

import type { Pictures } from '../shop/pictures.ts';
import { SORTS, type Go, type Place, type SortKey } from '../shop/place.ts';
import type { Page } from '../shop/types.ts';
import { useSearch, type Results } from '../shop/use-search.ts';
import type { Shopper } from '../shop/viewer.ts';
import type { Open } from '../shop.tsx';
import { ActiveFilters } from './active-filters.tsx';
import { BlendBar } from './blend-bar.tsx';
import { Facets } from './facets.tsx';
import { Meant } from './meant.tsx';
import { Degraded, Problem } from './notices.tsx';
import { ResultGrid } from './result-grid.tsx';

interface Props {
  readonly place: Place;
  readonly go: Go;
  readonly shopper: Shopper;
  readonly open: Open;
  readonly pictures: Pictures;
}

export function ResultsPage({ place, go, shopper, open, pictures }: Props) {
  const [attempt, setAttempt] = useState(0);
  const results = useSearch(place, shopper, attempt);
  const page = results.answer;
  const currency = results.edges.find(({ node }) => node?.price)?.node?.price?.currency ?? 'EUR';
  return (
    <div class="results" aria-busy={results.waiting}>
      <div class="results-head">
        <Heading place={place} picture={place.picture ? pictures.preview(place.picture) : undefined} />
        <p class="quiet" role="status">
          {results.waiting && !page ? 'Looking…' : page ? counted(page) : ''}
        </p>
      </div>
      <Meant words={page?.didYouMean ?? null} place={place} go={go} />
      {page && <BlendBar ranking={page.ranking} shopper={shopper} />}
      {page && <Degraded degradations={page.degradations} />}
      {results.problem ? (
        <Problem message={results.problem} retry={() => setAttempt(attempt + 1)} />
      ) : (
        <div class="results-body">
          <Facets
            facets={page?.facets ?? []}
            counted={page?.totalCount.value ?? 0}
            currency={currency}
            place={place}
            go={go}
          />
          <section class="results-list" aria-label="Items found">
            <div class="results-tools">
              <ActiveFilters place={place} go={go} currency={currency} />
              <SortMenu place={place} go={go} />
            </div>
            <Found results={results} place={place} go={go} open={open} />
          </section>
        </div>
      )}
    </div>
  );
}

function Heading({ place, picture }: { readonly place: Place; readonly picture: string | undefined }) {
  const words = place.query ? `“${place.query}”` : place.picture ? 'Things that look like your picture' : 'All items';
  return (
    <h1>
      {picture && <img class="heading-picture" src={picture} alt="Your picture" />}
      {place.query && place.picture ? <>{words} with your picture</> : words}
    </h1>
  );
}

function counted({ totalCount: { value, relation } }: Page): string {
  if (value === 0) return 'Nothing found';
  const items = value === 1 ? 'item' : 'items';
  if (relation === 'WITHIN_WINDOW') return `The best ${String(value)} ${items}`;
  return `${relation === 'AT_LEAST' ? 'More than ' : ''}${String(value)} ${items}`;
}

function SortMenu({ place, go }: Pick<Props, 'place' | 'go'>) {
  return (
    <label class="sort">
      <span class="quiet">Sort</span>
      <select value={place.sort} onChange={(event) => go({ sort: event.currentTarget.value as SortKey })}>
        {Object.entries(SORTS).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Found({ results, place, go, open }: { readonly results: Results } & Pick<Props, 'place' | 'go' | 'open'>) {
  const page = results.answer;
  if (page && page.edges.length === 0) {
    const filtered = Object.keys(place.chosen).length > 0;
    return (
      <div class="empty">
        <h2>Nothing fits all of that</h2>
        <p>
          {filtered
            ? 'Some filters may be too narrow together.'
            : 'Try fewer or other words, or show a picture of what you mean.'}
        </p>
        <button
          type="button"
          class="button"
          onClick={() => go(filtered ? { chosen: {} } : { query: '', picture: null })}
        >
          {filtered ? 'Clear the filters' : 'Back to the start'}
        </button>
      </div>
    );
  }
  return <ResultGrid results={results} open={open} />;
}
