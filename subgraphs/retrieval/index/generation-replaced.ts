import { MedleyError } from '../../../src/runtime/errors.ts';

/** A generation was published while a change was written: it has to be fitted for that one and written again. */
export class GenerationReplaced extends MedleyError {
  /** The ids that the change deleted already; written again, they are not there any more. */
  readonly removed: readonly string[];

  constructor(removed: readonly string[] = []) {
    super('INTERRUPTED', 'The catalogue was replaced while this was written; send it again.');
    this.name = 'GenerationReplaced';
    this.removed = removed;
  }
}
