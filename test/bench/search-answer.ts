import assert from 'node:assert/strict';
import type { Candidate, CandidateSet } from '../../subgraphs/retrieval/index/item-index.ts';

/** A search as a storefront asks it: twenty hits with their explanation, the ranking, and facets. */
export const SEARCH = `query Search($text: String!, $facets: [FacetInput!]!) {
  search(input: { text: $text, facets: $facets }, first: 20) {
    id
    totalCount { value relation }
    edges {
      itemId position score cursor
      node { id title brand category description price { amount currency } images { url alt } inStock attributes }
      explanation { summary boost signals { signal raw normalized weight contribution rank imputed } }
    }
    ranking { profile version window weights { signal weight prior queryTilt viewerTilt } }
    facets { field values { value count selected } }
    pageInfo { hasNextPage endCursor }
    degradations { code message }
  }
}`;

export const FACETS = [
  { field: 'brand' },
  { field: 'category' },
  { field: 'inStock' },
  { field: 'price', ranges: [{ to: 50 }, { from: 50, to: 200 }, { from: 200 }] },
] as const;

export interface SearchAnswer {
  readonly edges: readonly Edge[];
  readonly ranking: { readonly weights: readonly { readonly weight: number }[] };
  readonly facets: readonly { readonly field: string; readonly values: readonly { readonly count: number }[] }[];
  readonly degradations: readonly unknown[];
}

interface Edge {
  readonly itemId: string;
  readonly score: number;
  readonly node: { readonly id: string } | null;
  readonly explanation: { readonly boost: number; readonly signals: readonly SignalScore[] };
}

interface SignalScore {
  readonly signal: 'LEXICAL' | 'TEXT' | 'IMAGE';
  readonly raw: number | null;
  readonly contribution: number;
}

/**
 * Holds an answer of the whole against that of the index alone: the hits are among its candidates, with the scores that it gave
 * them, in order, and what is explained adds up.
 */
export function checkAnswer({ edges, ranking, facets, degradations }: SearchAnswer, found: CandidateSet): void {
  assert.deepEqual(degradations, []);
  assert.equal(edges.length, 20);
  near(
    ranking.weights.reduce((sum, { weight }) => sum + weight, 0),
    1,
  );
  assert.equal(facets.length, FACETS.length);
  for (const { field, values } of facets)
    assert(
      values.some(({ count }) => count > 0),
      `the facet ${field} is empty`,
    );
  const candidates = new Map(found.candidates.map((candidate) => [candidate.id, candidate]));
  edges.forEach((edge, place) => {
    const candidate = candidates.get(edge.itemId);
    assert(candidate, `${edge.itemId} is no candidate`);
    assert.equal(edge.node?.id, edge.itemId);
    assert(place === 0 || edge.score <= (edges[place - 1]?.score ?? 0), 'the hits stand in order');
    checkExplanation(edge, candidate);
  });
}

function checkExplanation({ score, explanation: { boost, signals } }: Edge, { lexical, cosines }: Candidate): void {
  const [text = null, image = null] = cosines;
  const raws = { LEXICAL: lexical, TEXT: text, IMAGE: image };
  for (const { signal, raw } of signals) {
    if (raw === null) assert.equal(raws[signal], null);
    else near(raw, raws[signal] ?? NaN);
  }
  near(
    signals.reduce((sum, { contribution }) => sum + contribution, boost),
    score,
  );
}

function near(came: number, expected: number): void {
  assert(Math.abs(came - expected) <= 1e-4 * Math.max(1, Math.abs(expected)), `${came} is not ${expected}`);
}
