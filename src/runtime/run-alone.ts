import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { environment, readSettings } from './environment.ts';
import type { Environment } from './environment.ts';
import { MedleyError } from './errors.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { installationSecret } from './secret.ts';
import { createSubgraphServer } from './subgraph-server.ts';

/** A subgraph with its outsiders opened. */
export interface Program {
  readonly schema: GraphQLSchema;
  /** Adds the ports that other subgraphs call. */
  serveInternally?(app: FastifyInstance, secret: string): void;
  ready?(): boolean;
  close(): Promise<void>;
}

export interface ProgramSettings {
  readonly env: Environment;
  readonly dataFolder: string;
  readonly log: Logger;
  readonly secret: string;
}

/** Runs one subgraph as a process of its own on HOST and PORT, until it is told to stop; then it drains and closes. */
export async function runAlone(name: string, open: (settings: ProgramSettings) => Promise<Program>): Promise<void> {
  try {
    const env = environment();
    const settings = readSettings(env);
    const log = createLogger(settings.MEDLEY_LOG_LEVEL).child({ subgraph: name });
    const dataFolder = settings.MEDLEY_DATA_DIR;
    const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
    const program = await open({ env, dataFolder, log, secret });
    const app = createSubgraphServer(program.schema, { log, ready: () => program.ready?.() ?? true });
    program.serveInternally?.(app, secret);
    await app.listen({ host: settings.HOST, port: settings.PORT });
    onStop(async () => {
      await app.close();
      await program.close();
    });
    log.info({ port: settings.PORT }, 'serving');
  } catch (error) {
    complain(error);
  }
}

/** Says why a program could not start, in words where it is the operator's to mend. */
export function complain(error: unknown): void {
  console.error(error instanceof MedleyError ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}

/** On Ctrl-C or a polite kill: once, in order, and then the process ends. A second signal ends it at once. */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void stop()
      .catch(complain)
      .finally(() => process.exit());
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
