import { COLUMNS } from '../item-index.ts';
import type { Candidate, IndexQuery } from '../item-index.ts';

/** Of what was found, the best `candidates` of each kind of evidence, by exact scores and equal ones by id; by id, ascending. */
export function favoured(found: readonly Candidate[], { probes, candidates }: IndexQuery): readonly Candidate[] {
  const best = (score: (candidate: Candidate) => number | undefined): readonly Candidate[] =>
    found
      .flatMap((candidate) => {
        const its = score(candidate);
        return its === undefined ? [] : [{ candidate, its }];
      })
      .sort((a, b) => b.its - a.its || byId(a.candidate, b.candidate))
      .slice(0, candidates)
      .map(({ candidate }) => candidate);
  const byWords = best(({ lexical }) => (lexical > 0 ? lexical : undefined));
  const byColumn = COLUMNS.flatMap((column) => {
    const mine = probes.flatMap((probe, place) => (probe.column === column ? [{ place, weight: probe.weight }] : []));
    if (mine.length === 0) return [];
    return best(({ cosines }) =>
      mine.reduce<number | undefined>((sum, { place, weight }) => {
        const cosine = cosines[place] ?? null;
        return sum === undefined || cosine === null ? undefined : sum + weight * cosine;
      }, 0),
    );
  });
  return [...new Set([...byWords, ...byColumn])].sort(byId);
}

function byId(a: Candidate, b: Candidate): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
