import type { EncodedPart, QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { QueryPart } from '../../src/vocabulary/search-request.ts';

/** A part with the words that its vector is of, where that can be told. */
export interface SaidPart extends EncodedPart {
  readonly text?: string;
}

/** A query as query-embedding understood it, or with other words in the place of some that were sent. */
export interface SaidEncoding extends QueryEncoding {
  readonly parts: readonly SaidPart[];
}

/** The texts of a query that are encoded, in the order of their vectors. */
export function saidTexts(parts: readonly QueryPart[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'TEXT' && part.text.trim() !== '' ? [part.text] : []));
}

/** The vectors with the words of the query that they are of; where one was lost, it cannot be told which. */
export function withWords(encoded: readonly SaidPart[], parts: readonly QueryPart[]): readonly SaidPart[] {
  const said = [...saidTexts(parts)];
  const isText = ({ modality }: SaidPart): boolean => modality === 'TEXT';
  if (encoded.filter(isText).length !== said.length) return encoded;
  return encoded.map((part) => (isText(part) ? { text: said.shift(), ...part } : part));
}
