import type { Command } from 'commander';
import { isAbout } from '../../subgraphs/retrieval/rules/occasion.ts';
import { readPhrase } from '../../subgraphs/retrieval/rules/phrase.ts';
import type { Rule } from '../../subgraphs/retrieval/rules/rule.ts';
import { readRules } from '../../subgraphs/retrieval/rules/rules-file.ts';
import { rulesInVain } from '../../subgraphs/retrieval/rules/in-vain.ts';
import { askCatalogue } from './ask-catalogue.ts';

interface RulesOptions {
  readonly words?: string;
  readonly url?: string;
}

/** `medley inspect rules`: which rules there are, what is wrong with the file, and of a Medley that serves what they say in vain. */
export function addInspectRules(inspect: Command): void {
  inspect
    .command('rules <file>')
    .description('list the rules of a file for MEDLEY_RANKING_RULES, and what is wrong with them')
    .option('--words <words>', 'only the rules that would apply to a search for these words now')
    .option(
      '--url <address>',
      'the GraphQL address of a running Medley: also list items and fields of the rules that it lacks',
    )
    .action(tellRules);
}

async function tellRules(file: string, { words, url }: RulesOptions): Promise<void> {
  const rules = readRules(file);
  const now = Date.now();
  const met = words === undefined ? rules : rules.filter((rule) => isAbout(rule, { words: readPhrase(words), now }));
  const catalogue =
    url === undefined ? undefined : await askCatalogue(url, [...new Set(met.flatMap(({ pin = [] }) => pin))]);
  if (met.length === 0)
    console.log(words === undefined ? 'The file has no rules.' : 'No rule applies to this search now.');
  for (const rule of met)
    console.log(
      [describeRule(rule), ...rulesInVain(rule, { now, ...catalogue }).map((line) => `  NO EFFECT: ${line}`)].join(
        '\n',
      ),
    );
}

function describeRule({ key, when, from, until, pin, hide, lift = [] }: Rule): string {
  const words = when.words?.map(({ written }) => JSON.stringify(written)).join(' or ');
  const about = [
    ...(words === undefined ? [] : [`for ${words}${when.anywhere ? ' among other words' : ''}`]),
    ...(when.chosen ? [`filtered by ${when.chosen.field} ${when.chosen.in.join(', ')}`] : []),
    ...(from === undefined ? [] : [`from ${new Date(from).toISOString()}`]),
    ...(until === undefined ? [] : [`until ${new Date(until).toISOString()}`]),
  ];
  const does = [
    ...(pin ? [`pins ${pin.join(', ')}`] : []),
    ...(hide ? [`hides ${JSON.stringify(hide)}`] : []),
    ...lift.map(({ filter, by }) => `lifts ${JSON.stringify(filter)} by ${by}`),
  ];
  return [
    `${key}: ${about.length > 0 ? `searches ${about.join(', ')}` : 'every search'}`,
    ...does.map((line) => `  ${line}`),
  ].join('\n');
}
