/** With the apostrophes of a typewriter: telephones write others ("women’s"), which models read as something else. */
export function straightApostrophes(text: string): string {
  return text.replaceAll(/[‘’ʼ＇]/gu, "'");
}
