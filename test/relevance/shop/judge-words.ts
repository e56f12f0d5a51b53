import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { RowContext } from '../relevance-row.ts';
import type { Arms } from '../report-arms.ts';
import { blend } from './arm.ts';
import { judgeArms } from './judge.ts';
import type { JudgedQuery } from './judge.ts';
import { openShop } from './open-shop.ts';
import { variantOf } from './variant.ts';
import type { SourceFields } from './variant.ts';
import { byChance } from './yardsticks.ts';

export interface Worded {
  /** Of the evaluation data. */
  readonly catalogue: string;
  /** Which of its records there are, and what they say. */
  readonly records: readonly SourceFields[];
  readonly queries: readonly JudgedQuery[];
}

/** Chance, and BM25 alone by the product's own index: what every way of looking at items has to be better than. */
export async function judgeWords(
  { encoded, say }: Pick<RowContext, 'encoded' | 'say'>,
  { catalogue, records, queries }: Worded,
): Promise<Arms<Measure>> {
  const variant = await variantOf(await encoded.catalogue(catalogue), records);
  const shop = await openShop(variant.catalogue, { encoded, say });
  await variant.remove();
  const ids = records.map(({ id }) => String(id));
  return judgeArms(shop, queries, { random: byChance(ids), 'BM25 alone': blend({ lexical: 1 }) });
}
