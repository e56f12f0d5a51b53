/**
 * With the apostrophes of a typewriter: telephones write others ("women’s"), and so do keyboards that have accents ("levi´s"), which models
 * read as something else. Each stays one letter long.
 */
export function straightApostrophes(text: string): string {
  return text.replaceAll(/[‘’ʼʻ＇´`]/gu, "'");
}
