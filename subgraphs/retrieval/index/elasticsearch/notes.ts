import type { estypes } from '@elastic/elasticsearch';
import type { Cluster } from './cluster.ts';
import { refusal } from './cluster-errors.ts';

/** What processes leave for each other beside the generations: what was fitted, which build is under way, what changed meanwhile. */
export interface Note {
  readonly kind: 'fitting' | 'build' | 'change';
  /** The generation that was fitted. */
  readonly generation?: string;
  /** The build that is under way, or during which something changed. */
  readonly build?: string;
  /** The item that changed. */
  readonly item?: string;
  readonly phase?: 'writing' | 'switching';
  /** When who builds was last heard of, epoch milliseconds. */
  readonly heard?: number;
  /** Bytes in base64. */
  readonly content?: string;
}

export interface StoredNote {
  readonly id: string;
  readonly note: Note;
  /** The writes before this one; who changes it must have seen the last. */
  readonly version: Pick<estypes.IndexRequest, 'if_seq_no' | 'if_primary_term'>;
}

/** Makes the index of notes where it is not there yet. */
export async function ensureNotes(cluster: Cluster, index: string): Promise<void> {
  const keyword = { type: 'keyword' } as const;
  await cluster.persist(async (client, sending) => {
    try {
      await client.indices.create(
        {
          index,
          settings: { number_of_shards: 1, auto_expand_replicas: '0-1' },
          mappings: {
            dynamic: 'strict',
            properties: {
              kind: keyword,
              generation: keyword,
              build: keyword,
              item: keyword,
              phase: keyword,
              heard: { type: 'long' },
              content: { type: 'binary' },
            },
          },
        },
        sending,
      );
    } catch (error) {
      if (refusal(error) !== 'resource_already_exists_exception') throw error;
    }
  });
}

/** A note as it was last written, refreshed or not; undefined where there is none. */
export async function readNote(cluster: Cluster, index: string, id: string): Promise<StoredNote | undefined> {
  const found = await cluster.persist(async (client, sending) =>
    client.get<Note>({ index, id }, { ...sending, ignore: [404] }),
  );
  const { _source: note, _seq_no: if_seq_no, _primary_term: if_primary_term } = found;
  return note && { id, note, version: { if_seq_no, if_primary_term } };
}
