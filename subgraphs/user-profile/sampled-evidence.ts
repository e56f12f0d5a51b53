import type { ItemVectors } from '../../src/vocabulary/shown.ts';
import { dot, unit } from '../../src/vocabulary/vector.ts';
import type { TasteItem } from '../../src/vocabulary/viewer.ts';
import { NO_EVIDENCE, winRate } from './choice-evidence.ts';
import type { ChoiceEvidence } from './choice-evidence.ts';
import { tasteVector, vectorReader } from './taste.ts';

/** A choice among items that nobody was shown says less than one among hits that were passed over. */
const SAMPLED_WEIGHT = 0.5;

/** Fewer earlier items than this make no taste to compare with. */
const FEWEST_EARLIER = 3;

export interface SampledChoice {
  readonly chosen: ItemVectors;
  /** Random items; the chosen one among them is not counted. */
  readonly sample: readonly ItemVectors[];
  /** What the viewer liked before this choice, and the vectors of those items. */
  readonly taste: { readonly text: readonly TasteItem[]; readonly image: readonly TasteItem[] };
  readonly liked: readonly ItemVectors[];
}

/**
 * Evidence where no impressions exist (imports, ratings, a query whose log entry has expired): how far above random items the
 * viewer's earlier taste would have put what was chosen, per modality. It holds what the catalogue is like, too (titles may tell everyone's
 * choices better), so it is only read against the same rates of all viewers.
 */
export function evidenceOfSample({ chosen, sample, taste, liked }: SampledChoice): ChoiceEvidence {
  const others = sample.filter((item) => item.id !== chosen.id);
  const rate = (modality: 'text' | 'image'): number | undefined => {
    const earlier = taste[modality].filter((item) => item.id !== chosen.id);
    const vector = chosen[modality];
    const likes = tasteVector(earlier, vectorReader(liked, modality));
    if (earlier.length < FEWEST_EARLIER || !vector || !likes) return undefined;
    const scores = others.flatMap((item) => (item[modality] ? [dot(likes, unit(item[modality]))] : []));
    return scores.length === 0 ? undefined : winRate(dot(likes, unit(vector)), scores);
  };
  const [text, image] = [rate('text'), rate('image')];
  if (text === undefined || image === undefined) return { ...NO_EVIDENCE, sampled: true };
  return { weight: SAMPLED_WEIGHT, text, image, sampled: true };
}
