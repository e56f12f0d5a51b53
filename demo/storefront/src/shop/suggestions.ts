import { useEffect, useState } from 'preact/hooks';

import { ask } from './ask.ts';
import { SUGGEST } from './documents.ts';

/** Asks for completions a moment after the last key. */
export function useSuggestions(prefix: string): readonly string[] {
  const [texts, setTexts] = useState<readonly string[]>(NONE);
  useEffect(() => {
    if (prefix.trim().length < 2) return setTexts(NONE);
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

export const NONE: readonly string[] = [];
