/** How many viewers have what, beside how many were meant to. */
export interface ViewerSplit {
  /** The share of viewers that the trial is meant for; null where no file says it. */
  readonly meant: number | null;
  readonly seen: number;
  /** Of chance alone such a difference comes less than once in a thousand times. */
  readonly isUnlike: boolean | null;
}

/** The .999 quantile of chi-squared with one degree of freedom. */
const UNLIKELY = 10.828;

/**
 * Looks for a sample ratio mismatch by a chi-squared test (Fabijan et al., "Diagnosing sample ratio mismatch in online controlled
 * experiments", 2019): where viewers are missing from one side, those who are there cannot be compared.
 */
export function viewerSplit(
  { control, trial }: { readonly control: number; readonly trial: number },
  meant: number | undefined,
): ViewerSplit {
  const viewers = Math.max(1, control + trial);
  const seen = trial / viewers;
  if (meant === undefined) return { meant: null, seen, isUnlike: null };
  const chiSquared = (trial - viewers * meant) ** 2 / (viewers * meant * (1 - meant));
  return { meant, seen, isUnlike: chiSquared > UNLIKELY };
}
