import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { layDataFolder } from './data-folder.ts';
import { readSettings } from './environment.ts';
import { runAlone } from './run-alone.ts';
import type { OpenProgram, ProgramSettings } from './run-alone.ts';
import type { SettingsReader } from './settings.ts';
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
export async function runSubgraph(
  name: string,
  open: (settings: ProgramSettings) => Promise<Program>,
  groups: readonly SettingsReader[],
): Promise<void> {
  const openServed = async (settings: ProgramSettings): Promise<OpenProgram> => {
    // Without a server of databases each keeps one there.
    if (readSettings(settings.env).MEDLEY_DATABASE_URL === undefined) layDataFolder(settings.dataFolder);
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
  };
  await runAlone(name, openServed, groups);
}
