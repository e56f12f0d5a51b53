import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';

/** A relative lift as people read it: "+12.3 % [10.1, 14.2]". */
export function tellLift({ value, low, high }: Estimate): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  return `${value < 0 ? '' : '+'}${percent(value)} % [${percent(low)}, ${percent(high)}]`;
}
