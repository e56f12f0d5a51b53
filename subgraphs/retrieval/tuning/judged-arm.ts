import { liftEstimate } from '../measures/bootstrap.ts';
import type { Estimate } from '../measures/bootstrap.ts';
import { mean } from '../measures/query-figures.ts';
import type { Arm } from './arms.ts';
import type { JudgedQuery } from './judged-queries.ts';
import { DEPTH, figureOf } from './tuned-measure.ts';
import type { TunedMeasure } from './tuned-measure.ts';

/** What came of an arm, one ranking a query, in the order of the queries. */
export interface AskedArm extends Arm {
  readonly rankings: readonly (readonly string[])[];
}

/** How good an arm is on the queries that were held out. */
export interface JudgedArm {
  readonly name: string;
  /** The mean over the queries, 0 to 1. */
  readonly figure: number;
  /** Over the base, relative to it: .1 is 10 % better. Paired; 95 %. 0 where the base finds nothing. */
  readonly lift: Estimate;
  /** The share of the first ten that nobody has judged, 0 to 1: they count as not relevant. */
  readonly unjudged: number;
}

export function judgeArm({ name, rankings }: AskedArm, { base, queries, measure }: Judging): JudgedArm {
  const figures = figuresOf(rankings, { queries, measure });
  const others = figuresOf(base.rankings, { queries, measure });
  return {
    name,
    figure: mean(figures),
    lift: liftEstimate(figures, others),
    unjudged: mean(queries.map(({ grades }, i) => unjudgedIn(rankings[i] ?? [], grades))),
  };
}

interface Judging {
  readonly base: AskedArm;
  readonly queries: readonly JudgedQuery[];
  readonly measure: TunedMeasure;
}

function figuresOf(
  rankings: AskedArm['rankings'],
  { queries, measure }: Pick<Judging, 'queries' | 'measure'>,
): readonly number[] {
  return queries.map(({ grades }, i) => figureOf(measure, rankings[i] ?? [], grades));
}

function unjudgedIn(ids: readonly string[], grades: JudgedQuery['grades']): number {
  const top = ids.slice(0, DEPTH);
  return top.filter((id) => !grades.has(id)).length / Math.max(1, top.length);
}
