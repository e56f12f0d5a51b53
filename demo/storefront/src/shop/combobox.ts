import Combobox from '@github/combobox-nav';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Parts {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly list: RefObject<HTMLUListElement | null>;
}

/** The keys and the attributes of an input with a listbox (WAI-ARIA, combobox); what is in the list decides whether it is open. */
export function useCombobox({ input, list }: Parts, options: readonly string[]): void {
  const box = useRef<Combobox>(null);
  useEffect(() => {
    if (!input.current || !list.current) return;
    const made = new Combobox(input.current, list.current, { tabInsertsSuggestions: false });
    box.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    if (options.length === 0) return;
    box.current?.start();
    return () => box.current?.stop();
  }, [options]);
}
