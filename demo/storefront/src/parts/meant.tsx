import { addressOf, type Go, type Place } from '../shop/place.ts';

interface Props {
  readonly words: string | null;
  readonly place: Place;
  readonly go: Go;
}

/** The words as they were likely meant, as a link that searches for them. The region stays, so that what comes into it is read out. */
export function Meant({ words, place, go }: Props) {
  return (
    <p class="meant" role="status">
      {words !== null && (
        <>
          Did you mean{' '}
          <a href={addressOf({ ...place, query: words, item: null })} onClick={(event) => search(event, words)}>
            {words}
          </a>
          ?
        </>
      )}
    </p>
  );

  function search(event: MouseEvent, query: string): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ query, item: null });
    // The link is gone then, and whoever came by keyboard goes on from the results.
    document.getElementById('content')?.focus();
  }
}
