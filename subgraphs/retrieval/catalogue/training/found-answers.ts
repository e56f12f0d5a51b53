import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { LinearMap } from '../fitting/linear-algebra/linear-map.ts';
import { mean } from '../../measures/query-figures.ts';

/** A query of unit length by some route, and the rows that answer it. */
export interface AskedRoute {
  readonly vector: Vector;
  readonly answers: readonly number[];
  /** The row that asks, where it is one of them: it does not answer itself. */
  readonly row?: number;
}

const AT = 10;

/** Recall@10 of each: the share of its answers (of ten, where there are more) among the ten nearest rows. Rows may lack evidence. */
export function sharesFound(
  asked: readonly AskedRoute[],
  evidence: readonly (Vector | null | undefined)[],
): readonly number[] {
  const dims = evidence.find((vector) => vector)?.length;
  if (dims === undefined) return asked.map(() => 0);
  const all = new LinearMap(evidence.map((vector) => vector ?? new Float32Array(dims)));
  const cosines = all.apply(asked.map(({ vector }) => vector));
  return asked.map(({ answers, row: own }, i) => {
    const near = nearest(cosines[i] ?? new Float32Array(), (row) => row !== own && Boolean(evidence[row]));
    return answers.filter((row) => near.has(row)).length / Math.min(AT, answers.length);
  });
}

/** Recall@10 on the average; 0 where nothing is asked. */
export function foundAnswers(asked: readonly AskedRoute[], evidence: readonly (Vector | null | undefined)[]): number {
  return mean(sharesFound(asked, evidence));
}

/** Equal cosines by row. */
function nearest(cosines: Vector, allowed: (row: number) => boolean): ReadonlySet<number> {
  const rows = [...cosines.keys()].filter(allowed).sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b);
  return new Set(rows.slice(0, AT));
}
