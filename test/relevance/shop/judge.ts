import type { Grades } from '../../../subgraphs/retrieval/measures/judged-query.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Measure, QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Arms } from '../report-arms.ts';
import { rankingOf, remembering } from './arm.ts';
import type { Arm } from './arm.ts';
import type { AskedQuery, Shop } from './open-shop.ts';

/** A query with what it should find. */
export interface JudgedQuery {
  readonly text?: string;
  readonly picture?: Uint8Array;
  readonly grades: Grades;
}

/** Asks every query once, ranks it by every arm and judges each ranking. */
export async function judgeArms(
  shop: Shop,
  queries: readonly JudgedQuery[],
  arms: Readonly<Record<string, Arm>>,
): Promise<Arms<Measure>> {
  const figures = new Map<string, QueryFigures[]>(Object.keys(arms).map((name) => [name, []]));
  const serving = remembering(shop);
  for (const query of queries) {
    const asked = await serving.ask(query);
    for (const [name, arm] of Object.entries(arms))
      figures.get(name)?.push(queryFigures(await rankingOf(serving, asked, arm), query.grades));
  }
  return figures;
}

/** The mean of one measure over queries that were asked before, by one arm: what tuning looks at. */
export async function meanOf(
  shop: Shop,
  asked: readonly { readonly asked: AskedQuery; readonly grades: Grades }[],
  { arm, measure }: { readonly arm: Arm; readonly measure: Measure },
): Promise<number> {
  let sum = 0;
  for (const { asked: query, grades } of asked) sum += queryFigures(await rankingOf(shop, query, arm), grades)[measure];
  return sum / Math.max(1, asked.length);
}
