import { MedleyError } from '../../src/runtime/errors.ts';
import { Fitting } from './catalogue/fitting/fitting.ts';
import type { GenerationHead, ItemIndex } from './index/item-index.ts';

export interface Serving {
  readonly head: GenerationHead;
  readonly fitting: Fitting;
}

/** An index together with what was fitted for the generation that it serves, read once a generation. */
export type ServingIndex = ItemIndex & { serving(): Serving };

export function servingIndex(index: ItemIndex): ServingIndex {
  let last: Serving | undefined;
  const serving = (): Serving => {
    const head = index.head();
    if (!head)
      throw new MedleyError(
        'NOT_READY',
        'No catalogue is published yet. Index one with "npm run medley -- index", then search again.',
      );
    if (last?.head.id !== head.id) last = { head, fitting: fittingOf(head) };
    return last;
  };
  return {
    head: () => index.head(),
    candidates: (query) => index.candidates(query),
    items: (ids, versions) => index.items(ids, versions),
    fields: (ids, names, versions) => index.fields(ids, names, versions),
    vectors: (ids, columns) => index.vectors(ids, columns),
    browse: (page) => index.browse(page),
    facets: (queries) => index.facets(queries),
    suggest: (prefix, limit, reading) => index.suggest(prefix, limit, reading),
    writtenForms: (terms) => index.writtenForms(terms),
    close: () => index.close(),
    serving,
  };
}

function fittingOf({ id, fitting }: GenerationHead): Fitting {
  try {
    return Fitting.fromBytes(fitting);
  } catch (cause) {
    throw new MedleyError(
      'DATA_FOLDER_UNUSABLE',
      `The fitted parts of generation ${id} are damaged. Go back to the generation before ("npm run medley -- rollback"), restore a backup, or index the catalogue again.`,
      { cause },
    );
  }
}
