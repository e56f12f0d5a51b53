import type { Grades } from './judged-query.ts';

/**
 * Normalised discounted cumulative gain of a ranking's first `depth` ids, 0 to 1: the gain of a grade is 2^grade - 1, that of
 * place r is divided by log2(r + 1), and the whole by that of the best possible ranking (Järvelin and Kekäläinen 2002, gain of
 * Burges 2005). 0 for a query without a relevant item.
 */
export function ndcg(ranking: readonly string[], grades: Grades, depth = 10): number {
  const best = discounted([...grades.values()].toSorted((a, b) => b - a).slice(0, depth));
  return best === 0 ? 0 : discounted(ranking.slice(0, depth).map((id) => grades.get(id) ?? 0)) / best;
}

function discounted(grades: readonly number[]): number {
  return grades.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}
