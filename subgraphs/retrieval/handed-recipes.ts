import { randomUUID } from 'node:crypto';
import { MedleyError } from '../../src/runtime/errors.ts';
import type { Rejection } from '../../src/runtime/errors.ts';

/** A recipe for whoever asked for the training to run: it reads the file `input` and writes into the folder `into`. */
export interface HandedRecipe {
  readonly id: string;
  readonly input: string;
  readonly into: string;
}

/** How it went; an error where it failed. */
export interface RecipeOutcome {
  readonly id: string;
  readonly error?: Rejection;
}

/** Recipes that others run for this process, since the Python that trains is theirs. */
export class HandedRecipes {
  readonly #out = new Map<string, (error?: Rejection) => void>();

  /** Tells of a recipe and waits until it has been run. @throws MedleyError what its outcome says; whatever interrupts */
  async hand(
    { input, into }: Omit<HandedRecipe, 'id'>,
    { tell, signal }: { readonly tell: (recipe: HandedRecipe) => void; readonly signal?: AbortSignal },
  ): Promise<void> {
    signal?.throwIfAborted();
    const id = randomUUID();
    try {
      await new Promise<void>((resolve, reject) => {
        const interrupted = (): void => {
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', interrupted, { once: true });
        this.#out.set(id, (error) => {
          if (error) reject(new MedleyError(error.code, error.message));
          else resolve();
        });
        tell({ id, input, into });
      });
    } finally {
      this.#out.delete(id);
    }
  }

  /** An outcome of none that is out says nothing. */
  ended({ id, error }: RecipeOutcome): void {
    this.#out.get(id)?.(error);
  }
}
