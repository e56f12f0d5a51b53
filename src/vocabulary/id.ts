/** The longest id of a viewer, an item or an event, in bytes of UTF-8: no index takes longer ones. */
export const LONGEST_ID = 512;

/** What is said where something else came. */
export const ID_EXPECTED = `expected 1 to ${LONGEST_ID} bytes of UTF-8 without spaces at either end`;

const UTF_8 = new TextEncoder();

/**
 * Whether a text can be an id: neither blank nor too long, without spaces at either end, which some would trim and others not, without
 * the null character, which databases refuse, and without halves of characters, which are all written alike.
 */
export function isId(text: string): boolean {
  if (text === '' || text !== text.trim() || text.includes('\0') || !text.isWellFormed()) return false;
  return text.length <= LONGEST_ID && UTF_8.encode(text).length <= LONGEST_ID;
}
