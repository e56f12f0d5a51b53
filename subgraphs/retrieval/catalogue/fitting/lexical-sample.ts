import type { Item } from '../../../../src/vocabulary/item.ts';
import { bm25, inverseDocumentFrequency, itemTerms, queryTerms } from '../../index/lexicon.ts';
import type { LexicalSample } from './calibration.ts';

const DOCUMENTS = 3000;
const QUERIES = 300;

/** BM25 of items for their own titles as queries, counted over the first items alone: only the ratio to the idf sum is wanted. */
export function lexicalSamples(items: readonly Item[]): readonly LexicalSample[] {
  const documents = items.slice(0, DOCUMENTS).map((item) => ({ words: item.title, ...itemTerms(item) }));
  const fields = (['title', 'whole'] as const).map((field) => countField(documents.map((document) => document[field])));
  return documents.slice(0, QUERIES).map(({ words }, at) => {
    const terms = queryTerms(words);
    const idfSum = terms.reduce((sum, term) => sum + (fields[1]?.idf(term) ?? 0), 0);
    const score = fields.reduce((sum, field) => sum + terms.reduce((all, term) => all + field.score(term, at), 0), 0);
    return { score, idfSum };
  });
}

function countField(documents: readonly (readonly string[])[]) {
  const having = new Map<string, number>();
  for (const terms of documents) for (const term of new Set(terms)) having.set(term, (having.get(term) ?? 0) + 1);
  const meanLength = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length);
  const idf = (term: string) => inverseDocumentFrequency(documents.length, having.get(term) ?? 0);
  const score = (term: string, at: number) => {
    const terms = documents[at] ?? [];
    return bm25(idf(term), terms.filter((other) => other === term).length, terms.length / meanLength);
  };
  return { idf, score };
}
