/** A piece of a suggestion, and whether it is what was typed. */
export interface Piece {
  readonly text: string;
  readonly typed: boolean;
}

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * A suggestion in pieces: its words that were typed, and of one that goes on with the last word typed how it begins. Case and accents
 * are read over, as where suggestions are found.
 */
export function piecesOf(suggestion: string, typed: string): readonly Piece[] {
  const words: readonly string[] = folded(typed).match(WORDS) ?? [];
  const last = words.at(-1);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: word, index } of suggestion.matchAll(WORDS)) {
    const to = index + (words.includes(folded(word)) ? word.length : begun(word, last));
    if (to === index) continue;
    pieces.push(
      { text: suggestion.slice(at, index), typed: false },
      { text: suggestion.slice(index, to), typed: true },
    );
    at = to;
  }
  return [...pieces, { text: suggestion.slice(at), typed: false }].filter(({ text }) => text !== '');
}

/** How much of a word is a beginning that was typed; 0 where it begins otherwise. */
function begun(word: string, typed: string | undefined): number {
  if (typed === undefined || !folded(word).startsWith(typed)) return 0;
  let to = 0;
  while (folded(word.slice(0, to)).length < typed.length) to++;
  return to;
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
