import type { CandidateSet } from '../../../subgraphs/retrieval/index/item-index.ts';

/** How much of the first ten is the same, whatever its order; 1 where both are empty. */
export function overlapAt10(a: readonly string[], b: readonly string[]): number {
  const [top, other] = [new Set(a.slice(0, 10)), new Set(b.slice(0, 10))];
  const longest = Math.max(top.size, other.size);
  return longest === 0 ? 1 : [...top].filter((id) => other.has(id)).length / longest;
}

/** How far the scores of the same candidates are apart at most. */
export interface Distance {
  /** Of the cosines, which are from -1 to 1; infinite where one has a score that the other has not. */
  readonly cosine: number;
  /** Of BM25, relative to the larger. */
  readonly lexical: number;
}

export function distanceOf(a: CandidateSet, b: CandidateSet): Distance {
  const others = new Map(b.candidates.map((candidate) => [candidate.id, candidate]));
  const pairs = a.candidates.flatMap((one) => {
    const other = others.get(one.id);
    return other ? [{ one, other }] : [];
  });
  const cosines = pairs.flatMap(({ one, other }) => one.cosines.map((cosine, at) => apart(cosine, other.cosines[at])));
  const lexical = pairs.map(({ one, other }) => relative(one.lexical, other.lexical));
  return { cosine: Math.max(0, ...cosines), lexical: Math.max(0, ...lexical) };
}

function apart(a: number | null, b: number | null | undefined): number {
  if (a === null && b === null) return 0;
  return a === null || b === null || b === undefined ? Infinity : Math.abs(a - b);
}

function relative(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(a, b);
}
