import type { Probe } from './index/item-index.ts';
import type { ProbePlan } from './ranking/evidence.ts';
import type { Degradation } from './ranking/window.ts';

/** A probe of the index together with how ranking reads it. */
export type PlannedProbe = Probe & ProbePlan;

/** What is compared, and what had to be done without. */
export interface PlannedProbes {
  readonly probes: readonly PlannedProbe[];
  readonly degradations: readonly Degradation[];
}
