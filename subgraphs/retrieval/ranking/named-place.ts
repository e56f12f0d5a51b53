import type { Candidate } from '../index/item-index.ts';
import type { SignalEvidence } from './evidence.ts';
import type { Hit } from './hit.ts';

/** From here on an item has the words as words. */
const MATCHED = 0.5;

/**
 * Where items stand whose id the words are: first, unless other items have the words as words. "1408" is a title before it is the
 * number of another film; such an item then competes with what its `LEXICAL` of 1 and its other signals are worth.
 */
export function namedPlace(candidates: readonly Candidate[], lexical: SignalEvidence | undefined): Hit['named'] {
  const isMatched = candidates.some(({ named }, at) => !named && (lexical?.normalised[at] ?? 0) >= MATCHED);
  return isMatched ? 'BESIDE' : 'FIRST';
}
