import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { runAlone } from './run-alone.ts';
import type { ProgramSettings } from './run-alone.ts';
import { createSubgraphServer } from './subgraph-server.ts';

/** A subgraph with its outsiders opened. */
export interface Program {
  readonly schema: GraphQLSchema;
  /** Adds the ports that other processes call. */
  serveInternally?(app: FastifyInstance): void;
  ready?(): boolean;
  close(): Promise<void>;
}

/** Runs one subgraph as a process of its own. */
export async function runSubgraph(name: string, open: (settings: ProgramSettings) => Promise<Program>): Promise<void> {
  await runAlone(name, async (settings) => {
    const program = await open(settings);
    const { log, secret } = settings;
    const app = createSubgraphServer(program.schema, { log, secret, ready: () => program.ready?.() ?? true });
    program.serveInternally?.(app);
    return {
      app,
      close: async () => {
        await app.close();
        await program.close();
      },
    };
  });
}
