/** The entry subgraph, three subgraphs that always answer what was recorded, and the client (see `other-side.ts`). */
import { readFile } from 'node:fs/promises';
import { fastify } from 'fastify';
import { execute, parse } from 'graphql';
import { Client } from 'undici';
import { entrySubgraph } from '../../src/gateway/entry/entry.ts';
import type { Asking } from './other-side.ts';
import { FACETS, SEARCH } from './search-answer.ts';

const [file = ''] = process.argv.slice(2);
const recorded = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, object>>;
const answers = new Map(Object.entries(recorded).map(([name, answer]) => [name, JSON.stringify(answer)]));
const clients = new Map<string, Client>();

const app = fastify({ logger: false });
const entry = entrySubgraph({ secret: 'a secret of the bench' });
app.post<{ Body: { query: string; variables: Record<string, unknown> } }>('/entry/graphql', async ({ body }) =>
  execute({ schema: entry, document: parse(body.query), variableValues: body.variables }),
);
app.post<{ Params: { name: string } }>('/:name/graphql', async ({ params }, reply) =>
  reply.type('application/json').send(answers.get(params.name)),
);
process.on('message', (asking: Asking) => void ask(asking).then((answered) => process.send?.(answered)));
process.on('disconnect', () => process.exit());
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));

async function ask({ url, times }: Asking): Promise<readonly string[]> {
  const { origin, pathname } = new URL(url);
  const client = clients.get(origin) ?? new Client(origin);
  clients.set(origin, client);
  const body = JSON.stringify({ query: SEARCH, variables: { text: 'red mug', facets: FACETS } });
  const answered: string[] = [];
  for (let time = 0; time < times; time++) {
    const headers = { 'content-type': 'application/json' };
    const answer = await client.request({ method: 'POST', path: pathname, headers, body });
    answered.push(await answer.body.text());
  }
  return answered;
}
