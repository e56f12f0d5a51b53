import type { Logger } from '../../../../src/runtime/logger.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { WriteQueue } from '../write-queue.ts';
import type { BuildLock } from './build-lock.ts';
import { ChangeJournal } from './change-journal.ts';
import type { Cluster } from './cluster.ts';
import { Generations } from './generations.ts';
import type { GenerationSettings } from './generations.ts';
import type { IndexNames } from './index-names.ts';
import { ItemMemory } from './item-memory.ts';
import { liveTarget } from './live-writer.ts';
import { ServingGeneration } from './serving-generation.ts';

export interface StoreSettings extends GenerationSettings {
  /** Whether exact scores come from scripts. */
  readonly scripts: boolean;
  /** A generation whose graphs find less of the exactly nearest is not published. */
  readonly leastRecall: number;
  /** The most items of which what was read is kept in memory. */
  readonly remembered: number;
  readonly log?: Logger;
}

/** What reader and writer of one index share. */
export class ElasticStore {
  readonly cluster: Cluster;
  readonly settings: StoreSettings;
  readonly generations: Generations;
  readonly serving: ServingGeneration;
  readonly journal: ChangeJournal;
  readonly queue: WriteQueue;
  readonly memory: ItemMemory;
  /** Held while this process reads a catalogue for a build that has not begun yet. */
  announced: BuildLock | undefined;
  #closed: Promise<void> | undefined;

  private constructor(cluster: Cluster, settings: StoreSettings, found: Pick<ElasticStore, 'generations' | 'serving'>) {
    this.cluster = cluster;
    this.settings = settings;
    this.generations = found.generations;
    this.serving = found.serving;
    this.journal = new ChangeJournal(cluster, settings.names);
    this.memory = new ItemMemory(settings.remembered);
    const { serving, journal } = this;
    this.queue = new WriteQueue(liveTarget({ cluster, names: settings.names, serving, journal, log: settings.log }));
  }

  static async open(cluster: Cluster, settings: StoreSettings): Promise<ElasticStore> {
    const generations = new Generations(cluster, settings);
    const serving = await ServingGeneration.open(generations, settings.log);
    return new ElasticStore(cluster, settings, { generations, serving });
  }

  get names(): IndexNames {
    return this.settings.names;
  }

  /** Errors: READ_ONLY after `close`. */
  checkWritable(): void {
    if (this.#closed) throw new MedleyError('READ_ONLY', 'The index is closed.');
  }

  /** Waits for writes that were accepted. Reader and writer may both call it. */
  async close(): Promise<void> {
    this.#closed ??= this.queue.alone(async () => {
      this.serving.close();
      await this.cluster.close();
    });
    await this.#closed;
  }
}
