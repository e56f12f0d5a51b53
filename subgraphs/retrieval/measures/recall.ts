/** The share of what is wanted that stands among the first `depth`, 0 to 1. */
export function recall(ranking: readonly string[], wanted: ReadonlySet<string>, depth: number): number {
  return ranking.slice(0, depth).filter((id) => wanted.has(id)).length / Math.max(1, wanted.size);
}

/** One divided by the place of the first that is wanted; 0 where none is there. Its mean is the MRR. */
export function reciprocalRank(ranking: readonly string[], wanted: ReadonlySet<string>): number {
  const place = ranking.findIndex((id) => wanted.has(id));
  return place < 0 ? 0 : 1 / (place + 1);
}
