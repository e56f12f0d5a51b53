import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { readItems } from '../../../subgraphs/retrieval/catalogue/reading/item-reader.ts';

export type SourceFields = Readonly<Record<string, unknown>>;

/** The records of a catalogue as its source has them. */
export async function sourceOf(catalogue: Catalogue): Promise<readonly SourceFields[]> {
  const records: SourceFields[] = [];
  for await (const record of readItems(catalogue)) if ('fields' in record) records.push(record.fields);
  return records;
}

/**
 * A catalogue with other records than its source has, in a temporary file, so that it goes the whole way through the product.
 * `remove` takes the file away.
 */
export async function variantOf(
  catalogue: Catalogue,
  records: readonly SourceFields[],
): Promise<{ readonly catalogue: Catalogue; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-relevance-'));
  const file = join(folder, 'items.jsonl');
  await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return {
    catalogue: { ...catalogue, items: { file, format: 'jsonl' } },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
