import type { Item } from '../../../src/vocabulary/item.ts';
import { bm25, inverseDocumentFrequency, itemTerms, queryTerms } from '../index/lexicon.ts';
import type { LexicalSample } from './calibration.ts';

const DOCUMENTS = 3000;
const QUERIES = 300;

/** BM25 of items for their own titles as queries, counted over the first items alone: only the ratio to the idf sum is wanted. */
export function lexicalSamples(items: readonly Item[]): readonly LexicalSample[] {
  const documents = items.slice(0, DOCUMENTS).map((item) => ({ title: item.title, terms: itemTerms(item) }));
  const having = new Map<string, number>();
  for (const { terms } of documents) for (const term of new Set(terms)) having.set(term, (having.get(term) ?? 0) + 1);
  const meanLength = documents.reduce((sum, { terms }) => sum + terms.length, 0) / Math.max(1, documents.length);
  return documents.slice(0, QUERIES).map(({ title, terms }) => {
    const weighed = queryTerms(title).map((term) => ({
      idf: inverseDocumentFrequency(documents.length, having.get(term) ?? 0),
      count: terms.filter((other) => other === term).length,
    }));
    const score = weighed.reduce((sum, { idf, count }) => sum + bm25(idf, count, terms.length / meanLength), 0);
    return { score, idfSum: weighed.reduce((sum, { idf }) => sum + idf, 0) };
  });
}
