/** SQL that is true of the rows with one of these ids. */
export function idIn(ids: readonly string[]): string {
  return ids.length > 0 ? `id IN (${ids.map(quote).join(', ')})` : 'id IS NULL';
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
