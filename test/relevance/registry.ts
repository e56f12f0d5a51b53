import { readdirSync } from 'node:fs';
import type { RelevanceRow } from './relevance-row.ts';

const ROWS = new URL('./rows/', import.meta.url);

/** The names of all rows: the files of `rows/`. */
export function rowNames(): readonly string[] {
  return readdirSync(ROWS)
    .flatMap((file) => (file.endsWith('.ts') && !file.endsWith('.test.ts') ? [file.slice(0, -3)] : []))
    .sort();
}

/** @throws RangeError where there is no such row; the message lists those that there are. */
export async function loadRow(name: string): Promise<RelevanceRow> {
  if (!rowNames().includes(name)) throw new RangeError(`There is no row "${name}". Rows: ${rowNames().join(', ')}.`);
  const { row } = (await import(new URL(`${name}.ts`, ROWS).href)) as { readonly row: RelevanceRow };
  return row;
}
