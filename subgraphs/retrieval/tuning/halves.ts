import { MedleyError } from '../../../src/runtime/errors.ts';
import { placeOf } from '../measures/split.ts';
import type { JudgedQuery } from './judged-queries.ts';

/** The queries that weights are chosen on, and those that they are reported on: never the same. */
export interface Halves {
  readonly tuning: readonly JudgedQuery[];
  readonly heldOut: readonly JudgedQuery[];
}

/** Fewer tell nothing: their interval would be about the queries that happen to be there. */
const LEAST = { all: 10, half: 5 } as const;
/** Fewer make for wide intervals. */
export const ENOUGH = 40;

/**
 * Splits queries by a hash of their words. A query is in the same half whatever else is judged, so that judgments that come later do
 * not turn what was tuned on into what is reported; and so are queries of the same words in another order.
 *
 * @throws MedleyError INVALID_JUDGMENTS where there are too few
 */
export function halvesOf(queries: readonly JudgedQuery[]): Halves {
  const { tuning = [], heldOut = [] } = Object.groupBy(queries, ({ words }) =>
    placeOf(`tune\0${sameWords(words)}`) < 0.5 ? 'tuning' : 'heldOut',
  );
  if (queries.length < LEAST.all || Math.min(tuning.length, heldOut.length) < LEAST.half)
    throw new MedleyError(
      'INVALID_JUDGMENTS',
      `The file has ${queries.length} queries with a relevant item (${tuning.length} to tune on, ${heldOut.length} to report on); at least ` +
        `${LEAST.all} are needed, ${LEAST.half} of them in each half, and ${ENOUGH} are better. Judge more: the most frequent ` +
        'queries of the log, with the ten items that they show.',
    );
  return { tuning, heldOut };
}

function sameWords(words: string): string {
  return words.toLowerCase().split(/\s+/u).toSorted().join(' ');
}
