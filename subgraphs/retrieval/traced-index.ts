import { annotate, traced } from '../../src/runtime/tracing.ts';
import type { ItemIndex } from './index/item-index.ts';

/** The same index, which tells the trace of a request how long its questions took and of what size they were. */
export function tracedIndex(index: ItemIndex, kind: 'lancedb' | 'elasticsearch'): ItemIndex {
  return {
    ...index,
    candidates: (query) => {
      const { words, probes, filter, candidates: limit } = query;
      const asked = {
        'medley.index': kind,
        'medley.words': words !== undefined,
        'medley.probes': probes.map(({ column }) => column),
        'medley.filtered': filter !== undefined,
        'medley.candidates.limit': limit,
      };
      return traced('retrieval.candidates', asked, async () => {
        const found = await index.candidates(query);
        annotate({ 'medley.candidates.found': found.candidates.length, 'medley.partial': found.partial ?? false });
        return found;
      });
    },
    browse: (page) => traced('retrieval.browse', { 'medley.index': kind }, () => index.browse(page)),
    facets: (queries) =>
      traced('retrieval.facets', { 'medley.index': kind, 'medley.facets': queries.length }, async () => {
        const counted = await index.facets(queries);
        annotate({ 'medley.partial': counted.partial ?? false });
        return counted;
      }),
    suggest: (prefix, limit, reading) =>
      traced('retrieval.suggest', { 'medley.index': kind }, () => index.suggest(prefix, limit, reading)),
  };
}
