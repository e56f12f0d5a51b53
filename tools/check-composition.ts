import { readFileSync } from 'node:fs';
import { composeSupergraph } from '../src/cli/compose.ts';

/** The committed supergraph and API are what the subgraphs compose to now. */
const read = (name: string) => readFileSync(new URL(`../schema/${name}.graphql`, import.meta.url), 'utf8');
const { supergraph, api } = composeSupergraph();
const stale = [
  read('supergraph') === `${supergraph}\n` ? '' : 'supergraph',
  read('api') === `${api}\n` ? '' : 'api',
].filter(Boolean);
if (stale.length > 0) {
  console.error(`schema/${stale.join('.graphql and schema/')}.graphql is stale: run "npm run compose" and commit it.`);
  process.exitCode = 1;
}
