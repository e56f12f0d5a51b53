import assert from 'node:assert/strict';
import { ApolloGateway } from '@apollo/gateway';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServer } from '@apollo/server';
import { silenceTelemetry } from '../runtime/environment.ts';
import type { Logger } from '../runtime/logger.ts';
import { guardedFields } from './access/guarded-fields.ts';
import { asSubgraph } from './as-subgraph/as-subgraph.ts';
import { graphServer, quiet } from './graph-server.ts';
import type { RequestContext } from './request-context.ts';
import type { SubgraphName } from './subgraph-client/subgraph-client.ts';

export interface GraphSettings {
  /** As schema/ has it, with the scopes that fields require. */
  readonly supergraph: string;
  readonly clients: Readonly<Record<SubgraphName, GraphQLDataSource>>;
  readonly log: Logger;
}

/** The federated graph, ready to be asked. */
export interface Graph {
  /** As clients ask it. */
  readonly forClients: ApolloServer<RequestContext>;
  /** As the router of a larger supergraph asks it, of which it is one subgraph. */
  readonly forRouters: ApolloServer<RequestContext>;
  stop(): Promise<void>;
}

export async function openGraph({ supergraph, clients, log }: GraphSettings): Promise<Graph> {
  silenceTelemetry();
  const guarded = guardedFields(supergraph);
  const gateway = new ApolloGateway({
    supergraphSdl: guarded.supergraph,
    buildService: ({ name }) => clients[name as SubgraphName],
    logger: quiet(log),
  });
  const { executor } = await gateway.load();
  assert(gateway.schema, 'a gateway that was loaded has a schema');
  const loaded = { schema: gateway.schema, supergraph: guarded.supergraph, executor };
  const { needed } = guarded;
  const forClients = graphServer(loaded, { readers: 'CLIENTS', needed, log });
  const forRouters = graphServer(asSubgraph(loaded), { readers: 'ROUTERS', needed, log });
  await Promise.all([forClients.start(), forRouters.start()]);
  const stop = async () => {
    await Promise.all([forClients.stop(), forRouters.stop()]);
    await gateway.stop();
  };
  return { forClients, forRouters, stop };
}
