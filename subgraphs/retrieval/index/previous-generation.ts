import { MedleyError } from '../../../src/runtime/errors.ts';

/** Errors: NOT_READY where no generation served before. */
export function previousOf<Generation>(generation: Generation | undefined): Generation {
  if (generation !== undefined) return generation;
  throw new MedleyError('NOT_READY', 'There is no earlier generation to go back to.');
}
