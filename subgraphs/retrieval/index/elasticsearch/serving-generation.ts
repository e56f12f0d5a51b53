import pLimit from 'p-limit';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Logger } from '../../../../src/runtime/logger.ts';
import type { Manner } from './cluster.ts';
import type { Generation, Generations } from './generations.ts';

/** How often it is asked which generation serves: another process may publish, milliseconds. */
const LOOK = 1000;

/** What serves, as this process knows it. */
export interface Serving {
  readonly generation: Generation;
  readonly items: number;
}

/** The generation that serves and its number of items. */
export class ServingGeneration {
  readonly #generations: Generations;
  readonly #looking: NodeJS.Timeout;
  #known: Serving | undefined;
  /** Questions that are not answered yet, one after another: the answer to an older one must not be taken for the newer. */
  readonly #inTurn = pLimit(1);

  private constructor(generations: Generations, log?: Logger) {
    this.#generations = generations;
    const look = (): void => {
      if (this.#inTurn.activeCount > 0) return;
      this.refresh('ask').catch((error: unknown) => log?.debug({ err: error }, 'it is not known what serves'));
    };
    this.#looking = setInterval(look, LOOK).unref();
  }

  static async open(generations: Generations, log?: Logger): Promise<ServingGeneration> {
    const serving = new ServingGeneration(generations, log);
    await serving.refresh();
    return serving;
  }

  /** Undefined before the first publish. */
  get known(): Serving | undefined {
    return this.#known;
  }

  /** Errors: NOT_READY. */
  get(): Generation {
    if (this.#known) return this.#known.generation;
    throw new MedleyError('NOT_READY', 'No catalogue is published yet. Index one first.');
  }

  /** Asks the cluster again: once, or until it answers. */
  async refresh(manner: Manner = 'persist'): Promise<void> {
    this.#known = await this.#inTurn(() => this.#read(manner));
  }

  close(): void {
    clearInterval(this.#looking);
  }

  async #read(manner: Manner): Promise<Serving | undefined> {
    const { serving } = await this.#generations.pointers(manner);
    if (serving === undefined) return undefined;
    const known = this.#known?.generation;
    const generation = known?.index === serving ? known : await this.#generations.open(serving, manner);
    return { generation, items: await this.#generations.count(serving, manner) };
  }
}
