import type { estypes } from '@elastic/elasticsearch';
import type { GenerationHead } from '../item-index.ts';
import type { Cluster, Manner } from './cluster.ts';
import { refusal } from './cluster-errors.ts';
import { indexedFields } from './field-names.ts';
import type { IndexedField } from './field-names.ts';
import { forgetFitting, keepFitting, readFitting } from './fittings.ts';
import { generationIndex, servingSettings } from './generation-mapping.ts';
import type { Sharding } from './generation-mapping.ts';
import type { IndexNames } from './index-names.ts';

type IndicesAliases = estypes.IndicesGetAliasIndexAliases;

/** A generation in the cluster. */
export interface Generation {
  readonly head: GenerationHead;
  readonly index: string;
  readonly fields: ReadonlyMap<string, IndexedField>;
}

export interface GenerationSettings extends Sharding {
  readonly names: IndexNames;
  readonly synonyms: readonly string[];
}

/** The generations of one Medley: an index each, the one that serves behind an alias, and the one before it behind another. */
export class Generations {
  readonly #cluster: Cluster;
  readonly #settings: GenerationSettings;

  constructor(cluster: Cluster, settings: GenerationSettings) {
    this.#cluster = cluster;
    this.#settings = settings;
  }

  /** The indexes behind the two aliases. */
  async pointers(manner: Manner = 'persist'): Promise<{ readonly serving?: string; readonly previous?: string }> {
    const { serving, previous } = this.#settings.names;
    const found = await this.#cluster[manner]((client, sending) =>
      client.indices.getAlias({ name: [serving, previous] }, { ...sending, ignore: [404] }),
    );
    // Where one of the aliases is missing, an error and a status stand beside the indexes of the other.
    const indexes = Object.entries(found as Record<string, Partial<IndicesAliases> | string | number>);
    const behind = (alias: string): string | undefined =>
      indexes.find(([, its]) => typeof its === 'object' && its.aliases?.[alias])?.[0];
    return { serving: behind(serving), previous: behind(previous) };
  }

  async open(index: string, manner: Manner = 'persist'): Promise<Generation> {
    const found = await this.#cluster[manner]((client, sending) => client.indices.getMapping({ index }, sending));
    const meta = found[index]?.mappings._meta?.['medley'] as Omit<GenerationHead, 'fitting'> | undefined;
    if (!meta) throw new Error(`the index ${index} was not made by Medley`);
    const fitting = await readFitting(this.#cluster, this.#settings.names, meta.id);
    return { head: { ...meta, fitting }, index, fields: indexedFields(meta.fields) };
  }

  async create(head: GenerationHead): Promise<Generation> {
    const { names, shards, synonyms } = this.#settings;
    const index = names.generation(head.id);
    await keepFitting(this.#cluster, names, head);
    await this.#cluster.persist(async (client, sending) => {
      try {
        await client.indices.create({ index, ...generationIndex(head, { shards, synonyms }) }, sending);
      } catch (error) {
        // Its name is nobody else's: a first try was lost on the way back.
        if (refusal(error) !== 'resource_already_exists_exception') throw error;
      }
    });
    return { head, index, fields: indexedFields(head.fields) };
  }

  /** Makes what was written aside fit to serve: found, copied to other nodes, and found soon when it changes. */
  async finish({ index }: Generation): Promise<void> {
    const settings = servingSettings(this.#settings);
    await this.#cluster.persist((client, sending) => client.indices.putSettings({ index, settings }, sending));
    await this.refresh({ index });
  }

  async refresh({ index }: Pick<Generation, 'index'>): Promise<void> {
    await this.#cluster.persist((client, sending) => client.indices.refresh({ index }, sending));
  }

  async count(index: string, manner: Manner = 'persist'): Promise<number> {
    const { count } = await this.#cluster[manner]((client, sending) => client.count({ index }, sending));
    return count;
  }

  /** Switches readers over in one step; the generation that served becomes the previous one. */
  async serve(index: string): Promise<void> {
    const { serving, previous } = this.#settings.names;
    const now = await this.pointers();
    const actions = [
      ...(now.previous === undefined ? [] : [{ remove: { index: now.previous, alias: previous } }]),
      ...(now.serving === undefined ? [] : [{ remove: { index: now.serving, alias: serving } }]),
      ...(now.serving === undefined || now.serving === index ? [] : [{ add: { index: now.serving, alias: previous } }]),
      { add: { index, alias: serving } },
    ];
    await this.#cluster.persist((client, sending) => client.indices.updateAliases({ actions }, sending));
  }

  /** Removes all generations that neither serve nor did before. Whoever calls holds the lock of builds, so none is being built. */
  async sweep(): Promise<void> {
    const { generations } = this.#settings.names;
    const { serving, previous } = await this.pointers();
    const all = await this.#cluster.persist((client, sending) =>
      client.indices.getMapping({ index: generations, allow_no_indices: true }, sending),
    );
    for (const [index, { mappings }] of Object.entries(all)) {
      if (index === serving || index === previous) continue;
      const meta = mappings._meta?.['medley'] as { readonly id: string } | undefined;
      if (meta) await this.drop({ index, head: meta });
    }
  }

  async drop({ index, head }: { readonly index: string; readonly head: { readonly id: string } }): Promise<void> {
    await this.#cluster.persist((client, sending) => client.indices.delete({ index }, { ...sending, ignore: [404] }));
    await forgetFitting(this.#cluster, this.#settings.names, head.id);
  }
}
