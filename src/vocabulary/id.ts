/** The longest id of a viewer, an item or an event, in characters. */
export const LONGEST_ID = 512;

/** What is said where something else came. */
export const ID_EXPECTED = `1 to ${LONGEST_ID} characters without spaces at either end were expected`;

/**
 * Whether a text can be an id: neither blank nor too long, without spaces at either end, which some would trim and others not, and without
 * the null character, which databases refuse.
 */
export function isId(text: string): boolean {
  return text !== '' && text === text.trim() && text.length <= LONGEST_ID && !text.includes('\0');
}
