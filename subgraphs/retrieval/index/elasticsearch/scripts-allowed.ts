import type { Cluster } from './cluster.ts';
import { refusal } from './cluster-errors.ts';
import type { IndexNames } from './index-names.ts';

/** Whether the cluster runs scripts that a search brings along: asked with one that does nothing. */
export async function allowsScripts(cluster: Cluster, { notes }: IndexNames): Promise<boolean> {
  const query = { script_score: { query: { match_all: {} }, script: { source: '1.0' } } };
  try {
    await cluster.persist((client, sending) => client.search({ index: notes, size: 0, query }, sending));
    return true;
  } catch (error) {
    if (refusal(error) === undefined) throw error;
    return false;
  }
}
