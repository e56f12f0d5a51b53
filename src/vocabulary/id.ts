/** The longest id of a viewer, an item or an event, in characters. */
export const LONGEST_ID = 512;

/** Whether a text can be an id: not blank, not too long, and without the null character, which databases refuse. */
export function isId(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_ID && !text.includes('\0');
}
