import type { Pictures } from '../shop/pictures.ts';
import type { Go, Place } from '../shop/place.ts';
import { CloseIcon, SearchIcon } from './icons.tsx';
import { PictureButton } from './picture-drop.tsx';
import { SearchWords } from './search-words.tsx';

interface Props {
  readonly place: Place;
  readonly go: Go;
  readonly pictures: Pictures;
}

/** Words, a picture, or both. */
export function SearchBox({ place, go, pictures }: Props) {
  const search = (words: string): void => {
    go({ query: words.trim(), chosen: {}, item: null });
    scrollTo({ top: 0 });
    // The field is made anew: who comes by keyboard goes on from the results, and a phone puts its keys away.
    document.getElementById('content')?.focus({ preventScroll: true });
  };
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    search(String(new FormData(event.currentTarget).get('q') ?? ''));
  };
  return (
    <form class="search" role="search" onSubmit={submit}>
      <SearchIcon />
      {place.picture && (
        <span class="search-picture">
          {pictures.preview(place.picture) ? (
            <img src={pictures.preview(place.picture)} alt="Your picture" />
          ) : (
            <span>Picture</span>
          )}
          <button type="button" aria-label="Remove the picture" onClick={() => go({ picture: null })}>
            <CloseIcon />
          </button>
        </span>
      )}
      <SearchWords
        asked={place.query}
        placeholder={place.picture ? 'Add words to your picture' : 'Search, or drop a picture'}
        search={search}
      />
      <PictureButton pictures={pictures} />
      <button type="submit" class="search-go">
        Search
      </button>
      {pictures.problem && (
        <p class="search-problem" role="alert">
          {pictures.problem}
        </p>
      )}
    </form>
  );
}
