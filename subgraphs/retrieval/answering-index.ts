import { whatAnswers } from './index/partly-read.ts';
import type { ServingIndex } from './serving-index.ts';

/** An index of which what answers is taken, for questions that belong together. */
export interface AnsweringIndex {
  readonly index: ServingIndex;
  /** Whether some of the index did not answer one of them. */
  readonly partial: () => boolean;
}

export function answeringIndex(index: ServingIndex): AnsweringIndex {
  let partial = false;
  const noted = <T extends { readonly partial?: boolean }>(answer: T): T => {
    partial ||= answer.partial === true;
    return answer;
  };
  const readable = async <T>(reading: Promise<readonly T[]>): Promise<readonly T[]> =>
    noted(await whatAnswers(reading)).read;
  return {
    index: {
      ...index,
      candidates: async (query) => noted(await index.candidates(query)),
      browse: async (page) => noted(await index.browse(page)),
      facets: async (queries) => noted(await index.facets(queries)),
      items: (ids, versions) => readable(index.items(ids, versions)),
      fields: (ids, names, versions) => readable(index.fields(ids, names, versions)),
      vectors: (ids, columns) => readable(index.vectors(ids, columns)),
    },
    partial: () => partial,
  };
}
