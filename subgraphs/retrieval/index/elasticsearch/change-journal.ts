import { writeAll } from './bulk.ts';
import type { Cluster } from './cluster.ts';
import type { IndexNames } from './index-names.ts';
import type { Note } from './notes.ts';

/** Which items were changed live while a generation was built, by any process: who builds takes them over. */
export class ChangeJournal {
  readonly #cluster: Cluster;
  readonly #index: string;

  constructor(cluster: Cluster, { notes }: IndexNames) {
    this.#cluster = cluster;
    this.#index = notes;
  }

  async note(build: string, items: readonly string[]): Promise<void> {
    const changes = items.map((item) => {
      const note: Note = { kind: 'change', build, item };
      return { index: this.#index, document: JSON.stringify(note) };
    });
    await writeAll(this.#cluster, changes);
  }

  /** Up to 10,000 noted changes, which stay noted until they are forgotten. */
  async read(build: string): Promise<{ readonly notes: readonly string[]; readonly items: readonly string[] }> {
    const index = this.#index;
    const { hits } = await this.#cluster.persist(async (client, sending) => {
      await client.indices.refresh({ index }, sending);
      const query = { bool: { filter: [{ term: { kind: 'change' } }, { term: { build } }] } };
      return client.search<Note>({ index, size: 10_000, query, _source: ['item'] }, sending);
    });
    const items = hits.hits.flatMap(({ _source }) => _source?.item ?? []);
    return { notes: hits.hits.flatMap(({ _id }) => _id ?? []), items: [...new Set(items)] };
  }

  async forget(notes: readonly string[]): Promise<void> {
    await writeAll(
      this.#cluster,
      notes.map((id) => ({ index: this.#index, id })),
    );
  }

  /** Forgets all changes but those of one build: the others are over. */
  async clear(but: string): Promise<void> {
    const query = { bool: { filter: [{ term: { kind: 'change' } }], must_not: [{ term: { build: but } }] } };
    await this.#cluster.persist((client, sending) =>
      client.deleteByQuery({ index: this.#index, query, conflicts: 'proceed', refresh: true }, sending),
    );
  }
}
