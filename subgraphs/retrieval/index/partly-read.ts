import { MedleyError } from '../../../src/runtime/errors.ts';

/** Some of the index did not answer, so what was not found may be there. An error, lest it be taken for deleted. */
export class PartlyRead extends MedleyError {
  /** What was found, in the order of the ids. */
  readonly found: readonly unknown[];

  constructor(found: readonly unknown[]) {
    super('RETRIEVAL_UNAVAILABLE', 'Some of the catalogue does not answer; nothing was lost, try again.');
    this.name = 'PartlyRead';
    this.found = found;
  }
}

/** What was read by id, and whether what is missing in it may be there. */
export interface ReadPart<T> {
  readonly read: readonly T[];
  readonly partial: boolean;
}

/** For who can do without the rest: what was found where some of the index did not answer. */
export async function whatAnswers<T>(reading: Promise<readonly T[]>): Promise<ReadPart<T>> {
  try {
    return { read: await reading, partial: false };
  } catch (error) {
    if (error instanceof PartlyRead) return { read: error.found as readonly T[], partial: true };
    throw error;
  }
}
