import type { Estimate } from '../../subgraphs/retrieval/measures/bootstrap.ts';

/** What must bring nothing if a claim is about what it says: shuffled pictures, swapped rows. */
export interface Control {
  readonly name: string;
  readonly result: Estimate;
  /** What it comes to where it brings nothing; 0 unless told. */
  readonly chance?: number;
}

export type Shown = 'nothing' | 'gain' | 'harm';

/**
 * Nothing is where the interval holds what chance gives. A gain speaks against the claim, whose lift is then not about what it says.
 * Harm does not, but is no noise either: what was shuffled misleads.
 */
export function shown({ result: { low, high }, chance = 0 }: Control): Shown {
  if (low > chance) return 'gain';
  return high < chance ? 'harm' : 'nothing';
}
