import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { ANSWERS } from './item-index/answers.ts';
import { BUILDS } from './item-index/builds.ts';
import { FACETS } from './item-index/facets.ts';
import { FILTERS } from './item-index/filters.ts';
import { IDS } from './item-index/ids.ts';
import { LIVE_CHANGES } from './item-index/live-changes.ts';
import type { OpenIndex, Promises } from './item-index/promises.ts';
import { SLIPS } from './item-index/slips.ts';
import { SUGGESTIONS } from './item-index/suggestions.ts';
import { SYNONYMS } from './item-index/synonyms.ts';
import { TRAINED_COLUMNS } from './item-index/trained-columns.ts';
import { VARIANTS } from './item-index/variants.ts';
import { WORDS } from './item-index/words.ts';

const PROMISES = {
  ANSWERS,
  WORDS,
  SLIPS,
  SYNONYMS,
  SUGGESTIONS,
  IDS,
  FILTERS,
  FACETS,
  VARIANTS,
  LIVE_CHANGES,
  BUILDS,
  TRAINED_COLUMNS,
};

/**
 * Holds an adapter to the promises of the ports ItemIndex and IndexWriter, each on a fresh one. `skip` names promises that
 * it does not keep, each with the reason.
 */
export function describeItemIndex(
  name: string,
  {
    open,
    skip = {},
  }: {
    readonly open: () => Promise<OpenIndex>;
    readonly skip?: Readonly<Record<string, string>>;
  },
): void {
  describe.each(Object.entries(PROMISES))(`${name}: %s`, (_, promises: Promises) => {
    let opened: OpenIndex;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.writer.close();
    });
    for (const [sentence, keep] of Object.entries(promises)) {
      const reason = skip[sentence];
      if (reason) it.todo(`${sentence}: ${reason}`);
      else it(sentence, () => keep(opened));
    }
  });
}
