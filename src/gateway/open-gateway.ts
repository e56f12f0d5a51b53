import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../runtime/environment.ts';
import { openAccess } from './access/access.ts';
import { keyFile } from './access/key-file.ts';
import { isLoopback } from './access/same-machine.ts';
import { entrySubgraph } from './entry/entry.ts';
import { openGraph } from './graph.ts';
import type { Graph } from './graph.ts';
import { createServer } from './server.ts';
import type { ServerSettings } from './server.ts';
import { inProcessTransport } from './subgraph-client/in-process-transport.ts';
import { subgraphClient } from './subgraph-client/subgraph-client.ts';
import type { SubgraphName } from './subgraph-client/subgraph-client.ts';
import type { Transport } from './subgraph-client/transport.ts';

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

export interface GatewaySettings extends Omit<ServerSettings, 'graph' | 'access' | 'patience' | 'allowedOrigins'> {
  readonly settings: Settings;
  readonly secret: string;
  /** How the three subgraphs are reached. */
  readonly transports: Readonly<Record<Exclude<SubgraphName, 'entry'>, Transport>>;
}

export interface Gateway {
  readonly app: FastifyInstance;
  readonly graph: Graph;
  close(): Promise<void>;
}

/** The gateway over its transports: the graph and its HTTP server. Listening is the caller's; closing drains. */
export async function openGateway({ settings, secret, transports, log, ...rest }: GatewaySettings): Promise<Gateway> {
  const { MEDLEY_DEADLINE, MEDLEY_ENCODING_DEADLINE, MEDLEY_VIEWER_DEADLINE } = settings;
  const { MEDLEY_ALLOWED_ORIGINS: allowedOrigins } = settings;
  const access = await openAccess({ file: keyFile(settings), openWithoutKeys: isLoopback(settings.HOST), log });
  const all = { entry: inProcessTransport(entrySubgraph({ secret }), log), ...transports };
  const client = (name: SubgraphName, patience: number) =>
    subgraphClient({ name, transport: all[name], log, patience });
  const graph = await openGraph({
    supergraph: readFileSync(SUPERGRAPH, 'utf8'),
    log,
    clients: {
      entry: client('entry', MEDLEY_DEADLINE),
      'query-embedding': client('query-embedding', MEDLEY_ENCODING_DEADLINE),
      'user-profile': client('user-profile', MEDLEY_VIEWER_DEADLINE),
      retrieval: client('retrieval', MEDLEY_DEADLINE),
    },
  });
  const app = await createServer({ ...rest, graph, access, log, patience: MEDLEY_DEADLINE, allowedOrigins });
  const close = async () => {
    await app.close();
    await graph.stop();
    await Promise.all(Object.values(all).map((transport) => transport.close()));
  };
  return { app, graph, close };
}
