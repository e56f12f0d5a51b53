import type { FastifyInstance } from 'fastify';
import { environment, readSettings } from './environment.ts';
import type { Environment } from './environment.ts';
import { logUnforeseen } from './errors.ts';
import { isErrorCode } from './graphql-errors.ts';
import { listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { openMetrics } from './metrics.ts';
import type { Logger } from './logger.ts';
import { openTracing } from './open-tracing.ts';
import { installationSecret } from './secret.ts';
import type { SettingsReader } from './settings.ts';

export interface ProgramSettings {
  readonly env: Environment;
  readonly dataFolder: string;
  readonly log: Logger;
  readonly secret: string;
}

/** A program that is open and may listen. */
export interface OpenProgram {
  readonly app: FastifyInstance;
  /** Answers what is under way, then ends. */
  close(): Promise<void>;
}

/** What a program that runs alone tells the process that started it, once it listens: its own address. */
export interface Listening {
  readonly origin: string;
}

/**
 * Runs one program as a process of its own on HOST and PORT, until it is told to stop; then it drains and closes. One that was
 * started by another process with a channel in between stops with that process, too: nothing is left behind. `groups` are the settings
 * of the program's own, whose problems are told before anything is opened.
 */
export async function runAlone(
  name: string,
  open: (settings: ProgramSettings) => Promise<OpenProgram>,
  groups: readonly SettingsReader[] = [],
): Promise<void> {
  try {
    const env = environment();
    const settings = readSettings(env, groups);
    const log = createLogger(settings.MEDLEY_LOG_LEVEL).child({ program: name });
    logUnforeseen(log);
    const tracing = await openTracing({ settings, serviceName: `medley-${name}`, log });
    const dataFolder = settings.MEDLEY_DATA_DIR;
    const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
    const program = await open({ env, dataFolder, log, secret });
    await listen(program.app, { host: settings.HOST, port: settings.PORT, setting: 'PORT' });
    const metrics = await openMetrics(settings);
    onStop(async () => {
      await program.close();
      await metrics?.close();
      await tracing?.close();
    });
    const listening: Listening = { origin: program.app.listeningOrigin };
    if (process.connected) process.send?.(listening);
    log.info(listening, 'serving');
  } catch (error) {
    complain(error);
    process.exit();
  }
}

/** Says why a program could not start, in words where it is the operator's to mend. */
export function complain(error: unknown): void {
  console.error(wordsOf(error) ?? error);
  process.exitCode = 1;
}

/** What an error of the book says to people, be it wrapped in others. */
function wordsOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && isErrorCode(error.code) ? `${error.code}: ${error.message}` : wordsOf(error.cause);
}

/**
 * On Ctrl-C, a polite kill, or the end of the process that started this one: once, in order, and then the process ends. A second
 * signal ends it at once.
 *
 * @returns a signal that is aborted when it begins
 */
export function onStop(stop: () => Promise<void>): AbortSignal {
  const stopping = new AbortController();
  const end = () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    void stop()
      .catch(complain)
      .finally(() => process.exit());
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  // The other end of the channel may be gone since before this was asked.
  if (process.send !== undefined && !process.connected) end();
  return stopping.signal;
}
