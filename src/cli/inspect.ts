import type { Command } from 'commander';
import type { Item } from '../vocabulary/item.ts';
import { readSynonyms } from '../../subgraphs/retrieval/synonyms-file.ts';
import type { SynonymRule } from '../../subgraphs/retrieval/index/synonym-rules.ts';
import { withRetrieval } from './open-to-index.ts';
import { count } from './count.ts';
import { addInspectRules } from './inspect-rules.ts';
import { addInspectSearches } from './inspect-searches.ts';
import { addInspectTrial } from './inspect-trial.ts';

/**
 * `medley inspect mismatches`: the items whose pictures show least what their words say, the most suspicious first; `medley inspect
 * synonyms` and `medley inspect rules`: files as searches would read them; `medley inspect searches`: what viewers search;
 * `medley inspect trial`: whether a ranking that is on trial is better.
 */
export function addInspectCommand(program: Command): void {
  const inspect = program
    .command('inspect')
    .description('check the published catalogue, or a file of synonyms or rules; report how searches and trials go');
  inspect
    .command('mismatches')
    .description('list items whose pictures do not show what their words say (stop the server first)')
    .option('--limit <count>', 'how many items', count, 20)
    .action(async ({ limit }: { limit: number }) => {
      const items = await withRetrieval(async ({ index }) => {
        const order = { field: 'pictureMatch', direction: 'ASC' } as const;
        const { ids } = await index.browse({ orders: [order], limit });
        return index.items(ids);
      });
      console.log(describeMismatches(items.flatMap((item) => item ?? [])));
    });
  addInspectSearches(inspect);
  addInspectTrial(inspect);
  inspect
    .command('synonyms <file>')
    .description('show how a file for MEDLEY_SYNONYMS is read, and which of its lines are wrong')
    .action((file: string) => {
      console.log(describeSynonyms(readSynonyms(file)));
    });
  addInspectRules(inspect);
}

function describeSynonyms(rules: readonly SynonymRule[]): string {
  const rows = rules.map(({ terms, kept, synonyms }) => {
    const found = [...(kept ? [terms] : []), ...synonyms].map((words) => words.join(' '));
    return `${terms.join(' ')} => ${found.join(', ')}`;
  });
  return ['who asks for => finds', ...rows].join('\n');
}

function describeMismatches(items: readonly Item[]): string {
  const compared = items.filter(({ pictureMatch }) => pictureMatch !== undefined);
  if (compared.length === 0) return 'Words and pictures of this catalogue cannot be compared: it has no bridge.';
  const rows = compared.map(
    ({ pictureMatch = 0, id, title, images }) => `${pictureMatch.toFixed(2)}  ${id}  ${title}  ${images[0]?.url ?? ''}`,
  );
  return ['match  item', ...rows].join('\n');
}
