import { useEffect, useState } from 'preact/hooks';

import { ask } from '../shop/ask.ts';
import { SUGGEST } from '../shop/documents.ts';
import type { Pictures } from '../shop/pictures.ts';
import type { Go, Place } from '../shop/place.ts';
import { CloseIcon, SearchIcon } from './icons.tsx';
import { PictureButton } from './picture-drop.tsx';

interface Props {
  readonly place: Place;
  readonly go: Go;
  readonly pictures: Pictures;
}

/** Words, a picture, or both. */
export function SearchBox({ place, go, pictures }: Props) {
  const [words, setWords] = useState(place.query);
  const suggestions = useSuggestions(words === place.query ? '' : words);
  const submit = (event: Event): void => {
    event.preventDefault();
    go({ query: words.trim(), chosen: {}, item: null });
    scrollTo({ top: 0 });
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
      <input
        type="search"
        name="q"
        aria-label="Search the shop"
        placeholder={place.picture ? 'Add words to your picture' : 'Search, or drop a picture'}
        autocomplete="off"
        maxLength={500}
        list="suggestions"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <datalist id="suggestions">
        {suggestions.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
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

/** Asks for completions a moment after the last key. */
function useSuggestions(prefix: string): readonly string[] {
  const [texts, setTexts] = useState<readonly string[]>([]);
  useEffect(() => {
    if (prefix.trim().length < 2) return setTexts([]);
    const control = new AbortController();
    const soon = setTimeout(() => {
      ask<{ suggest: readonly { text: string }[] }>(SUGGEST, { prefix: prefix.trim().slice(0, 100) }, control.signal)
        .then(({ suggest }) => setTexts(suggest.map(({ text }) => text)))
        .catch(() => undefined);
    }, 140);
    return () => {
      clearTimeout(soon);
      control.abort();
    };
  }, [prefix]);
  return texts;
}
