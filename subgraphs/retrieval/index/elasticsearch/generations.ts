import type { estypes } from '@elastic/elasticsearch';
import type { GenerationHead } from '../item-index.ts';
import type { Cluster, Manner } from './cluster.ts';
import { refusal } from './cluster-errors.ts';
import { indexedFields, VALUES } from './field-names.ts';
import type { IndexedField } from './field-names.ts';
import { forgetFitting, keepFitting, readFitting } from './fittings.ts';
import { generationIndex, servingSettings } from './generation-mapping.ts';
import type { Sharding } from './generation-mapping.ts';
import type { IndexNames } from './index-names.ts';
import { tooManyFields } from './too-many-fields.ts';

type IndicesAliases = estypes.IndicesGetAliasIndexAliases;

/** A generation in the cluster. */
export interface Generation {
  readonly head: GenerationHead;
  readonly index: string;
  readonly fields: ReadonlyMap<string, IndexedField>;
}

export interface GenerationSettings extends Sharding {
  readonly names: IndexNames;
}

/** The indexes behind the two aliases. */
interface Pointers {
  readonly serving?: string;
  readonly previous?: string;
}

/** What a switch is refused with whose aliases are no longer where they were read. */
const MOVED = new Set<string | undefined>(['aliases_not_found_exception', 'index_not_found_exception']);
/** How often a switch is tried. */
const SWITCHES = 5;

/** The generations of one Medley: an index each, the one that serves behind an alias, and the one before it behind another. */
export class Generations {
  readonly #cluster: Cluster;
  readonly #settings: GenerationSettings;

  constructor(cluster: Cluster, settings: GenerationSettings) {
    this.#cluster = cluster;
    this.#settings = settings;
  }

  async pointers(manner: Manner = 'persist'): Promise<Pointers> {
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
    const { _meta, properties = {} } = found[index]?.mappings ?? {};
    const meta = _meta?.['medley'] as Omit<GenerationHead, 'fitting'> | undefined;
    if (!meta) throw new Error(`the index ${index} was not made by Medley`);
    const fitting = await readFitting(this.#cluster, this.#settings.names, meta.id);
    const fields = indexedFields(meta.fields, { caseless: VALUES in properties });
    return { head: { ...meta, fitting }, index, fields };
  }

  /** Errors: INVALID_CATALOGUE where it has more fields than the cluster takes. */
  async create(head: GenerationHead): Promise<Generation> {
    const { names, shards } = this.#settings;
    const index = names.generation(head.id);
    await this.#cluster.persist(async (client, sending) => {
      try {
        await client.indices.create({ index, ...generationIndex(head, { shards }) }, sending);
      } catch (error) {
        // Its name is nobody else's: a first try was lost on the way back.
        if (refusal(error) === 'resource_already_exists_exception') return;
        throw tooManyFields(error, head.fields) ?? error;
      }
    });
    // Later: what was fitted for an index that could not be made would stay for good.
    await keepFitting(this.#cluster, names, head);
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

  /**
   * Switches readers over in one step; the generation that served becomes the previous one. Where the aliases were moved meanwhile,
   * or the answer to a first try was lost, the cluster refuses, and it is looked again where they lead.
   */
  async serve(index: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      const now = await this.pointers();
      if (now.serving === index) return;
      const actions = this.#switch(index, now);
      try {
        await this.#cluster.persist((client, sending) => client.indices.updateAliases({ actions }, sending));
        return;
      } catch (error) {
        if (!MOVED.has(refusal(error)) || tries === SWITCHES) throw error;
      }
    }
  }

  #switch(index: string, now: Pointers): estypes.IndicesUpdateAliasesAction[] {
    const { serving, previous } = this.#settings.names;
    const away = (from: string, alias: string) => ({ remove: { index: from, alias, must_exist: true } });
    return [
      ...(now.previous === undefined ? [] : [away(now.previous, previous)]),
      ...(now.serving === undefined
        ? []
        : [away(now.serving, serving), { add: { index: now.serving, alias: previous } }]),
      { add: { index, alias: serving } },
    ];
  }

  /** Removes all generations that no alias leads to. Whoever calls holds the lock of builds, so none is being built. */
  async sweep(): Promise<void> {
    const index = this.#settings.names.generations;
    const all = await this.#cluster.persist((client, sending) =>
      client.indices.get({ index, allow_no_indices: true, features: ['aliases', 'mappings'] }, sending),
    );
    for (const [index, { aliases = {}, mappings }] of Object.entries(all)) {
      const meta = mappings?._meta?.['medley'] as { readonly id: string } | undefined;
      if (meta && Object.keys(aliases).length === 0) await this.drop({ index, head: meta });
    }
  }

  async drop({ index, head }: { readonly index: string; readonly head: { readonly id: string } }): Promise<void> {
    await this.#cluster.persist((client, sending) => client.indices.delete({ index }, { ...sending, ignore: [404] }));
    await forgetFitting(this.#cluster, this.#settings.names, head.id);
  }
}
