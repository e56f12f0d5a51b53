import { bestPlaces } from '../best-places.ts';
import { COLUMNS } from '../item-index.ts';
import type { Candidate, IndexQuery, Probe } from '../item-index.ts';

/** Of what was found, what is named and the best `candidates` of each kind of evidence, by exact scores and equal ones by id; by id, ascending. */
export function favoured(found: readonly Candidate[], { probes, candidates }: IndexQuery): readonly Candidate[] {
  const byId = found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const kinds = COLUMNS.map((column) => ofColumn(probes, column)).filter(({ length }) => length > 0);
  const best = [byWords(byId), ...kinds.map((mine) => byLikeness(byId, mine))].flatMap((scores) =>
    bestPlaces(scores, candidates),
  );
  const kept = new Set(best);
  return byId.filter(({ named }, place) => named || kept.has(place));
}

function byWords(found: readonly Candidate[]): Float64Array {
  return scored(found, ({ lexical }) => (lexical > 0 ? lexical : NONE));
}

/** Dot products with the probes of a column together; an item that lacks the column has none. */
function byLikeness(found: readonly Candidate[], mine: readonly PlacedProbe[]): Float64Array {
  return scored(found, ({ cosines }) => {
    let sum = 0;
    for (const { place, weight } of mine) {
      const cosine = cosines[place] ?? null;
      if (cosine === null) return NONE;
      sum += weight * cosine;
    }
    return sum;
  });
}

const NONE = -Infinity;

function scored(found: readonly Candidate[], score: (candidate: Candidate) => number): Float64Array {
  const scores = new Float64Array(found.length);
  found.forEach((candidate, place) => (scores[place] = score(candidate)));
  return scores;
}

type PlacedProbe = Probe & { readonly place: number };

function ofColumn(probes: readonly Probe[], column: Probe['column']): readonly PlacedProbe[] {
  return probes.flatMap((probe, place) => (probe.column === column ? [{ ...probe, place }] : []));
}
