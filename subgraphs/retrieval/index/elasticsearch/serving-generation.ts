import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Logger } from '../../../../src/runtime/logger.ts';
import type { Generation, Generations } from './generations.ts';

/** How often it is asked which generation serves: another process may publish, milliseconds. */
const LOOK = 1000;

/** The generation that serves and its number of items, as this process knows them. */
export class ServingGeneration {
  readonly #generations: Generations;
  readonly #looking: NodeJS.Timeout;
  #known: { readonly generation: Generation; readonly items: number } | undefined;

  private constructor(generations: Generations, log?: Logger) {
    this.#generations = generations;
    this.#looking = setInterval(() => {
      this.refresh().catch((error: unknown) =>
        log?.debug({ err: error }, 'it could not be asked which generation serves'),
      );
    }, LOOK);
    this.#looking.unref();
  }

  static async open(generations: Generations, log?: Logger): Promise<ServingGeneration> {
    const serving = new ServingGeneration(generations, log);
    await serving.refresh();
    return serving;
  }

  /** Undefined before the first publish. */
  get known(): { readonly generation: Generation; readonly items: number } | undefined {
    return this.#known;
  }

  /** Errors: NOT_READY. */
  get(): Generation {
    if (this.#known) return this.#known.generation;
    throw new MedleyError('NOT_READY', 'no catalogue is published yet: index one first');
  }

  /** Asks the cluster again. */
  async refresh(): Promise<void> {
    const { serving } = await this.#generations.pointers();
    if (serving === undefined) {
      this.#known = undefined;
      return;
    }
    const known = this.#known?.generation;
    const generation = known?.index === serving ? known : await this.#generations.open(serving);
    this.#known = { generation, items: await this.#generations.count(serving) };
  }

  close(): void {
    clearInterval(this.#looking);
  }
}
