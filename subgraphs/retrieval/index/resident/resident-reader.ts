import { setImmediate } from 'node:timers/promises';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { fieldsOf } from '../../../../src/vocabulary/item.ts';
import type { FieldsOf } from '../../../../src/vocabulary/item.ts';
import type { ItemIndex } from '../item-index.ts';
import { browseRows } from './browsing.ts';
import { findCandidates } from './candidate-rows.ts';
import { countFacets } from './facet-counting.ts';
import type { ResidentGeneration } from './resident-generation.ts';

/** Answers from the generation in memory that serves; undefined before the first publish. */
export function residentReader(serving: () => ResidentGeneration | undefined, close: ItemIndex['close']): ItemIndex {
  const ask = async <T>(question: (generation: ResidentGeneration) => T): Promise<T> =>
    Promise.resolve(question(published(serving())));
  return {
    head: () => {
      const generation = serving();
      return generation && { ...generation.head, items: generation.rows.size };
    },
    candidates: async (query) => {
      // A scan holds the thread for milliseconds: what came in meanwhile, writes and other viewers, goes first.
      await setImmediate();
      return ask((generation) => findCandidates(generation, query));
    },
    items: (ids) => ask((generation) => ids.map((id) => generation.item(id))),
    fields: (ids) => ask((generation) => ids.map((id) => fieldsAt(generation, id))),
    vectors: (ids) => ask((generation) => ids.map((id) => generation.vectors(id))),
    browse: (page) => ask((generation) => browseRows(generation, page)),
    facets: (queries) => ask((generation) => countFacets(generation, queries)),
    suggest: (prefix, limit, reading) => ask(({ suggestions }) => suggestions.continuing(prefix, limit, reading)),
    writtenForms: (terms) => ask((generation) => terms.map((term) => generation.writtenForms(term))),
    close,
  };
}

function fieldsAt(generation: ResidentGeneration, id: string): FieldsOf | undefined {
  const item = generation.item(id);
  return item && fieldsOf(item);
}

/** Errors: NOT_READY. */
export function published<Generation>(generation: Generation | undefined): Generation {
  if (generation !== undefined) return generation;
  throw new MedleyError('NOT_READY', 'No catalogue is published yet. Index one first.');
}
