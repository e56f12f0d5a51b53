import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PUBLIC } from '../../src/gateway/access/access.ts';
import { guardedFields } from '../../src/gateway/access/guarded-fields.ts';
import { openGateway } from '../../src/gateway/open-gateway.ts';
import type { SubgraphResponse, Transport } from '../../src/gateway/subgraph-client/transport.ts';
import { readSettings, silenceTelemetry } from '../../src/runtime/environment.ts';
import { hashingPictureEncoder, hashingTextEncoder } from '../../src/inference/hashing-encoder.ts';
import { together } from '../../src/inference/open-encoders.ts';
import { openMedley } from '../../src/main.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { deadlineIn } from '../../src/vocabulary/deadline.ts';
import { readCatalogue } from '../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { writeCornerShop } from '../support/corner-shop.ts';
import { layEmptyDatabases } from '../support/empty-databases.ts';
import { FACETS, SEARCH } from './search-answer.ts';

export type Subgraph = 'query-embedding' | 'user-profile' | 'retrieval';

/** The answers of the subgraphs to one search. */
export type Recorded = Readonly<Record<Subgraph, SubgraphResponse>>;

/** A gateway that listens. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** What the subgraphs of a small shop say when it is searched. */
export async function record(folder: string): Promise<Recorded> {
  const recorded: Partial<Record<Subgraph, SubgraphResponse>> = {};
  const between = (name: string, transport: Transport): Transport => ({
    ...transport,
    send: async (request, deadline) => {
      const response = await transport.send(request, deadline);
      recorded[name as Subgraph] = structuredClone(response);
      return response;
    },
  });
  await layEmptyDatabases(folder);
  const env = { MEDLEY_DATA_DIR: folder, MEDLEY_DEMO: 'off' };
  const encoders = together(hashingTextEncoder(), hashingPictureEncoder());
  const medley = await openMedley({ env, settings: readSettings(env), log: createLogger('warn'), encoders, between });
  await medley.retrieval.indexing.run(await readCatalogue(await writeCornerShop(folder, 60)));
  await medley.graph.forClients.executeOperation(
    { query: SEARCH, variables: { text: 'red mug', facets: FACETS } },
    { contextValue: { caller: PUBLIC, deadline: deadlineIn(60_000) } },
  );
  await medley.close();
  const { 'query-embedding': encoding, 'user-profile': viewer, retrieval } = recorded;
  assert(encoding && viewer && retrieval, 'every subgraph was asked');
  return { 'query-embedding': encoding, 'user-profile': viewer, retrieval };
}

/** Always the same answer, a fresh copy each time: the executor merges into it. */
export function replay(response: SubgraphResponse): Transport {
  const text = JSON.stringify(response);
  return { send: () => Promise.resolve(JSON.parse(text) as SubgraphResponse), close: () => Promise.resolve() };
}

export async function openMedleys(transport: (name: Subgraph) => Transport): Promise<Listening> {
  const gateway = await openGateway({
    settings: readSettings({}),
    secret: 'a secret of the bench',
    log: createLogger('warn'),
    transports: {
      'query-embedding': transport('query-embedding'),
      'user-profile': transport('user-profile'),
      retrieval: transport('retrieval'),
    },
    pictureFolder: () => undefined,
    keptPictures: { get: () => Promise.reject(new Error('nothing is kept here')) },
    readiness: () => ({ ready: true }),
  });
  const origin = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  return { url: `${origin}/graphql`, close: () => gateway.close() };
}

/** As its documentation shows it: every default on, the subgraphs by their addresses. */
export async function openPlain(origin: string): Promise<Listening> {
  silenceTelemetry();
  const gateway = new ApolloGateway({
    supergraphSdl: guardedFields(readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'))
      .supergraph,
    buildService: ({ name }) => new RemoteGraphQLDataSource({ url: `${origin}/${name}/graphql` }),
  });
  const server = new ApolloServer({ gateway });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return { url, close: () => server.stop() };
}
