import { EncodingFailure } from '../../src/inference/encoder.ts';
import type { TextEncoder } from '../../src/inference/encoder.ts';
import { straightApostrophes } from '../../src/vocabulary/straight-apostrophes.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import type { GenerationEncoders, MadeWith } from './models/generation-encoders.ts';

/** What serves, and what encodes queries for it. */
export interface Serves {
  readonly head: MadeWith;
  readonly encoders: Pick<GenerationEncoders, 'of'>;
}

/** The share of the time left that a search waits for words that it encodes itself; the rest is for ranking by them. */
export const SHARE = 0.5;

/** The vectors of words of a query; undefined those that the model refuses. */
export async function vectorsOf(
  texts: readonly string[],
  encoder: TextEncoder,
): Promise<readonly (Vector | undefined)[]> {
  const vectors = await encoder.encode(texts.map((text) => ({ text: straightApostrophes(text), role: 'query' })));
  return vectors.map((vector) => (vector instanceof EncodingFailure ? undefined : vector));
}
