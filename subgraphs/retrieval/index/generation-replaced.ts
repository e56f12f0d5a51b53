import { MedleyError } from '../../../src/runtime/errors.ts';

/** A generation was published while a change was written: it has to be fitted for that one and written again. */
export class GenerationReplaced extends MedleyError {
  constructor() {
    super('READ_ONLY', 'The catalogue was replaced while this was written; send it again.');
    this.name = 'GenerationReplaced';
  }
}
