import { Client } from '@elastic/elasticsearch';

/** Removes all indexes whose names fit a pattern. */
export async function removeIndexes(nodes: readonly string[], pattern: string): Promise<void> {
  const client = new Client({ nodes: [...nodes] });
  const names = Object.keys(await client.indices.get({ index: pattern, allow_no_indices: true }));
  for (const index of names) await client.indices.delete({ index });
  await client.close();
}
