import type { Signal } from './types.ts';

/** What a shopper calls the signals; the colour of each is a class of its own in the style sheet. */
export const SIGNAL_NAMES: Readonly<Record<Signal, { readonly name: string; readonly says: string }>> = {
  LEXICAL: { name: 'Words', says: 'the exact words of the title and description' },
  TEXT: { name: 'Meaning', says: 'what the description means' },
  IMAGE: { name: 'Looks', says: 'what the picture shows' },
  ITEM: { name: 'Both', says: 'text and picture together, as trained for this shop' },
};

export const percent = (share: number): string => `${String(Math.round(share * 100))}%`;
