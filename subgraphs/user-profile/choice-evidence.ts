import type { ShownHit, ShownWindow } from '../../src/vocabulary/shown.ts';

/**
 * What one choice says of the modalities. The rate is how often the modality put what was chosen above what was passed
 * over (0 to 1, a tie is a half, .5 says nothing); the weight is how many choices it counts for (0: nothing could be compared).
 */
export interface ChoiceEvidence {
  readonly weight: number;
  readonly text: number;
  readonly image: number;
  /** True where nothing was known to be passed over and random items stood in. */
  readonly sampled: boolean;
}

export const NO_EVIDENCE: ChoiceEvidence = { weight: 0, text: 0.5, image: 0.5, sampled: false };

/** How many hits above and below the chosen one are taken as seen and passed over. */
const REACH = 5;

/** A click at the tenth place or below counts this much at most. */
const MOST = 3;

/**
 * Evidence of one choice among the hits around it. Where a ranking mixes two signals, what stands above scores higher by
 * construction, so comparing plainly would punish whichever signal ranks (and flatter it at the first place). So each
 * modality's scores are first rid of their trend over the neighbouring positions (a straight line over log position,
 * ours), and what is left is compared in pairs: a viewer who clicks by place alone gives .5 for both. Choices further down cost more
 * effort and count more, by log2(1 + position) (the inverse of a click's propensity, Joachims et al. 2017).
 *
 * @param chosen ids of every item that the viewer chose from this window: none of them was passed over
 * @returns undefined where the item was not in the window, or a modality or all neighbours are missing
 */
export function evidenceOfWindow(
  window: ShownWindow,
  itemId: string,
  chosen: ReadonlySet<string>,
): ChoiceEvidence | undefined {
  const hit = window.hits.find((candidate) => candidate.itemId === itemId);
  if (!hit) return undefined;
  const around = window.hits.filter((other) => Math.abs(other.position - hit.position) <= REACH && hasBoth(other));
  const place = around.indexOf(hit);
  const passed = around.flatMap((other, index) => (chosen.has(other.itemId) ? [] : [index]));
  if (place < 0 || passed.length < 2) return undefined;
  const positions = around.map((other) => Math.log2(1 + other.position));
  const rate = (score: (hit: ShownHit) => number | undefined): number => {
    const rest = withoutTrend(
      positions,
      around.map((other) => score(other) ?? 0),
    );
    return winRate(
      rest[place] ?? 0,
      passed.map((index) => rest[index] ?? 0),
    );
  };
  return {
    weight: Math.min(MOST, Math.log2(1 + hit.position)),
    text: rate(textScore),
    image: rate(imageScore),
    sampled: false,
  };
}

/** Part of the numbers below, ties counted half. For random others this is the area under the ROC curve. */
export function winRate(value: number, others: readonly number[]): number {
  if (others.length === 0) return 0.5;
  const wins = others.reduce((sum, other) => sum + winOf(value - other), 0);
  return wins / others.length;
}

function winOf(difference: number): number {
  if (Math.abs(difference) < 1e-9) return 0.5;
  return difference > 0 ? 1 : 0;
}

/** Words and their meaning are one modality: the mean of what the query had. */
function textScore({ scores }: ShownHit): number | undefined {
  const known = [scores.TEXT, scores.LEXICAL].filter((score) => score !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, score) => sum + score, 0) / known.length;
}

function imageScore({ scores }: ShownHit): number | undefined {
  return scores.IMAGE;
}

function hasBoth(hit: ShownHit): boolean {
  return textScore(hit) !== undefined && imageScore(hit) !== undefined;
}

/** What the least-squares line through (x, y) leaves of each y. */
function withoutTrend(x: readonly number[], y: readonly number[]): readonly number[] {
  const meanX = mean(x);
  const meanY = mean(y);
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const together = x.reduce((sum, value, i) => sum + (value - meanX) * ((y[i] ?? 0) - meanY), 0);
  const slope = spread === 0 ? 0 : together / spread;
  return y.map((value, i) => value - meanY - slope * ((x[i] ?? 0) - meanX));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
