import { Option } from 'commander';
import type { Command } from 'commander';
import { SCOPES } from '../gateway/access/api-key.ts';
import type { ApiKey, Scope } from '../gateway/access/api-key.ts';
import { addKey, keyFile, readKeys, removeKey } from '../gateway/access/key-file.ts';
import { told } from '../runtime/counted.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { MedleyError } from '../runtime/errors.ts';

interface NewKey {
  readonly scope?: readonly Scope[];
  readonly perMinute?: string;
}

/** Adds `medley keys add <name>`, `medley keys list` and `medley keys remove <name>`; a gateway that runs heeds them within a second. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('make, list and withdraw API keys: who may write, and how often partners may call');
  keys
    .command('add')
    .argument('<name>', 'whose key it is, such as "erp" or "partner-shop"')
    .description('make a key and print it, this once only; Medley keeps its hash')
    .addOption(new Option('--scope <scopes...>', describeScopes()).choices(Object.keys(SCOPES)))
    .option('--per-minute <count>', 'the most requests a minute, in each gateway process')
    .action(async (name: string, { scope = [], perMinute }: NewKey) => {
      console.log(await addKey(here(), { name, scopes: [...scope], requestsPerMinute: countOf(perMinute) }));
    });
  keys
    .command('list')
    .description('list keys: names, scopes and quotas')
    .action(async () => {
      const known = (await readKeys(here())) ?? [];
      console.log(known.length > 0 ? known.map(describeKey).join('\n') : 'There are no keys.');
    });
  keys
    .command('remove')
    .argument('<name>')
    .description('withdraw a key')
    .action((name: string) => removeKey(here(), name));
}

function here(): string {
  return keyFile(readSettings(environment()));
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new MedleyError('INVALID_INPUT', `--per-minute was "${text}"; expected a whole number above 0.`);
}

function describeScopes(): string {
  return Object.entries(SCOPES)
    .map(([scope, allows]) => `${scope} for ${allows}`)
    .join('; ');
}

function describeKey({ name, scopes, requestsPerMinute }: ApiKey): string {
  const quota = requestsPerMinute === undefined ? 'no limit' : `${told(requestsPerMinute)} per minute`;
  return `${name.padEnd(20)}  ${(scopes.join(', ') || 'none: what anybody may do').padEnd(44)}  ${quota}`;
}
