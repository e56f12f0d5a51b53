import { dot } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { GroupTally } from '../index/group-tally.ts';
import type { Hit } from './hit.ts';

/** Only the top is rearranged: below it nobody looks, and the work is quadratic. */
const DEPTH = 100;

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): takes the hit with the highest
 * `(1 - diversity) * score - diversity * similarity to what was taken`, again and again.
 * `vectorsOf` gives unit vectors, the same kinds of every hit in the same order: two hits are compared by the first kind that both
 * have, and are not similar where there is none.
 */
export function diversified<H extends Hit>(
  hits: readonly H[],
  diversity: number,
  vectorsOf: (id: string) => readonly Kind[],
): readonly H[] {
  if (diversity === 0 || hits.length < 3) return hits;
  const left = hits.slice(0, DEPTH).map((hit) => ({ hit, vectors: vectorsOf(hit.id), closest: 0 }));
  const taken: H[] = [];
  while (left.length > 0) {
    let best = 0;
    let bestValue = -Infinity;
    left.forEach(({ hit, closest }, i) => {
      const value = (1 - diversity) * hit.score - diversity * closest;
      if (value > bestValue) [best, bestValue] = [i, value];
    });
    const [next] = left.splice(best, 1);
    if (!next) break;
    taken.push(next.hit);
    for (const other of left) other.closest = Math.max(other.closest, likeness(next.vectors, other.vectors));
  }
  return [...taken, ...hits.slice(DEPTH)];
}

type Kind = Vector | null | undefined;

function likeness(some: readonly Kind[], others: readonly Kind[]): number {
  for (const [kind, one] of some.entries()) {
    const other = others[kind];
    if (one && other) return dot(one, other);
  }
  return 0;
}

/** Keeps at most `limit` variants of one group, the best ones. 0 means no limit. */
export function limitedByGroup<H extends Hit>(
  hits: readonly H[],
  limit: number,
  groupOf: (id: string) => string | undefined,
): readonly H[] {
  if (limit === 0) return hits;
  const tally = new GroupTally(limit);
  return hits.filter(({ id }) => tally.take(groupOf(id)));
}
