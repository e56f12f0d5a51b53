/** What parts texts in exports and old editors: form feeds, line ends of other systems, separators of records. */
const PARTING = new Set('\r\v\f\u0085\u001c\u001d\u001e\u001f');

/**
 * A text of an item as it can be shown: without control characters but tabs and new lines, which nobody means, nobody sees, and some
 * parts of an index keep for themselves, and without halves of characters. Those that part texts become a blank or a new line; all others go.
 */
export function readable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\t\n]|\p{Cs}/gu, (character) => (PARTING.has(character) ? ' ' : ''));
}

/** A value of an attribute, of which the texts are made readable. */
export function readableValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readableValue);
  return typeof value === 'string' ? readable(value) : value;
}
