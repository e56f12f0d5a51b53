import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import { boostShare } from '../ranking/boosts.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { mixWeights } from '../ranking/weights.ts';
import type { CandidateTable } from './candidate-table.ts';

/** An item and its score by a profile. */
export interface RemixedHit {
  readonly id: string;
  readonly score: number;
}

/**
 * Ranks the candidates of a table as the product would by this profile: weights with bounds and tilt, their mean of the normalised
 * scores, the cut-off, the boosts. Of LINEAR fusion alone; what varies a result (`diversity`, `perGroup`) is left out.
 */
export function remix({ tilt, present, candidates }: CandidateTable, profile: RankingProfile): readonly RemixedHit[] {
  const weights = mixWeights(profile, { query: tilt, viewer: NO_TILT, strength: 0 }, present);
  const share = boostShare(profile);
  const hits: RemixedHit[] = [];
  for (const { id, signals, gain } of candidates) {
    let linear = 0;
    for (const { signal, weight } of weights) linear += weight * (signals[signal] ?? 0);
    if (linear > 0 && linear >= profile.minScore) hits.push({ id, score: (1 - share) * linear + gain });
  }
  return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
