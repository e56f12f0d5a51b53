import { useRef, useState } from 'preact/hooks';

import { useCombobox } from '../shop/combobox.ts';
import { piecesOf } from '../shop/continued.ts';
import { NONE, useSuggestions } from '../shop/suggestions.ts';

interface Props {
  /** What is searched for already. */
  readonly asked: string;
  readonly placeholder: string;
  readonly search: (words: string) => void;
}

/** The words of a search, and below them what they may go on as. */
export function SearchWords({ asked, placeholder, search }: Props) {
  const [words, setWords] = useState(asked);
  const [closed, setClosed] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const suggestions = useSuggestions(words === asked ? '' : words);
  const offered = closed ? NONE : suggestions;
  useCombobox({ input, list }, offered);
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setClosed(false);
    if (event.key !== 'Escape' || offered.length === 0) return;
    // A search field is emptied by Escape: not by that which closes the list.
    event.preventDefault();
    setClosed(true);
  };
  const choose = (text: string): void => {
    setWords(text);
    setClosed(true);
    search(text);
  };
  return (
    <>
      <input
        ref={input}
        type="search"
        name="q"
        aria-label="Search the shop"
        placeholder={placeholder}
        autocomplete="off"
        maxLength={500}
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setClosed(false);
        }}
        onKeyDown={keys}
        onBlur={() => setClosed(true)}
      />
      <ul
        ref={list}
        id="suggestions"
        class="suggestions"
        role="listbox"
        aria-label="Suggestions"
        hidden={offered.length === 0}
        // The field keeps the focus, or the list would be gone before it is clicked.
        onMouseDown={(event) => event.preventDefault()}
      >
        {offered.map((text, at) => (
          <li key={text} id={`suggestion-${at}`} role="option" onClick={() => choose(text)}>
            <span>{piecesOf(text, words).map((piece) => (piece.typed ? <b>{piece.text}</b> : piece.text))}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
