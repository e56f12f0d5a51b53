import { nthBest } from '../nth-best.ts';
import type { ResidentRows } from './resident-rows.ts';

/** The rows with the highest scores among those that are allowed, in no order; of equal scores the lower ids. */
export function topRows(
  scores: Float32Array,
  allowed: (row: number) => boolean,
  { rows, limit }: { readonly rows: ResidentRows; readonly limit: number },
): readonly number[] {
  if (limit <= 0) return [];
  const own = new Float32Array(scores.length);
  let count = 0;
  scores.forEach((score, row) => {
    if (allowed(row)) own[count++] = score;
  });
  const bar = nthBest(own.subarray(0, count), limit) ?? -Infinity;
  const [above, equal]: [number[], number[]] = [[], []];
  scores.forEach((score, row) => {
    if (score >= bar && allowed(row)) (score > bar ? above : equal).push(row);
  });
  if (above.length + equal.length <= limit) return [...above, ...equal];
  equal.sort((a, b) => (rows.idOf(a) < rows.idOf(b) ? -1 : 1));
  return [...above, ...equal.slice(0, limit - above.length)];
}
