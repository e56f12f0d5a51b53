/** A number as a person reads it, with commas at thousands. */
export function told(count: number): string {
  return count.toLocaleString('en');
}

/** `1 search`, `1,200 searches`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${told(count)} ${count === 1 ? one : many}`;
}
