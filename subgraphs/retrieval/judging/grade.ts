/** What the log says of one item for one query. Choices count by their action: 1 is an average choice of the log. */
export interface Evidence {
  /** How many searches showed it. */
  readonly shown: number;
  /** In how many of them it was chosen, whatever the action. */
  readonly chosen: number;
  /** The choices, in average choices of the log. */
  readonly worth: number;
  /** What the positions at which it was shown let expect, in average choices. */
  readonly expected: number;
}

/** So many average choices, as expected, are added to what was seen: one choice alone is never far from what was expected. */
const PRIOR = 4;

/**
 * Clicks over expected clicks, pulled towards 1 where evidence is rare (Zhang and Jones, "Comparing click logs and editorial labels for
 * training query rewriting", 2007): 1 is chosen as often as its positions let expect, 2 twice as often.
 */
export function coec({ worth, expected }: Pick<Evidence, 'worth' | 'expected'>): number {
  return (worth + PRIOR) / (expected + PRIOR);
}

/** Below, something is chosen less than its positions let expect. */
export const AS_USUAL = 0.75;

/** The least COEC of a grade. */
const GRADES = [
  { grade: 4, least: 2 },
  { grade: 3, least: 1.25 },
  { grade: 2, least: AS_USUAL },
  { grade: 1, least: 0 },
] as const;

/**
 * 4: chosen at least twice as much as its positions let expect (COEC 2); 3: more (1.25); 2: about as much (0.75); 1: less; 0: never, where
 * one choice at least was to be expected. Undefined where it was never chosen and none was: nobody may have looked at it.
 */
export function gradeOf(evidence: Evidence): number | undefined {
  if (evidence.chosen === 0) return evidence.expected >= 1 ? 0 : undefined;
  const ratio = coec(evidence);
  return GRADES.find(({ least }) => ratio >= least)?.grade;
}
