import type { FastifyInstance } from 'fastify';
import { takeLeave } from './drain.ts';
import { environment, readSettings } from './environment.ts';
import type { Environment } from './environment.ts';
import { logUnforeseen } from './errors.ts';
import { listen } from './listen.ts';
import { tellUnknown } from './known-settings.ts';
import { createLogger } from './logger.ts';
import { openMetrics } from './metrics.ts';
import type { Logger } from './logger.ts';
import { openTracing } from './open-tracing.ts';
import { installationSecret } from './secret.ts';
import type { SettingsReader } from './settings.ts';
import { complain, untilStopped } from './stop.ts';
import type { Holding } from './stop.ts';

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
    await untilStopped((holding) => serve(name, { open, groups }, holding));
  } catch (error) {
    complain(error);
    process.exit();
  }
}

interface ToServe {
  readonly open: (settings: ProgramSettings) => Promise<OpenProgram>;
  readonly groups: readonly SettingsReader[];
}

async function serve(name: string, { open, groups }: ToServe, { hold }: Holding): Promise<void> {
  const env = environment();
  const settings = readSettings(env, groups);
  const log = createLogger(settings.MEDLEY_LOG_LEVEL).child({ program: name });
  logUnforeseen(log);
  tellUnknown(env, log);
  await hold(openTracing({ settings, serviceName: `medley-${name}`, log }));
  await hold(openMetrics(settings));
  const dataFolder = settings.MEDLEY_DATA_DIR;
  const secret = installationSecret(settings.MEDLEY_SECRET, dataFolder);
  const program = await hold(open({ env, dataFolder, log, secret }));
  await listen(program.app, { host: settings.HOST, port: settings.PORT, setting: 'PORT' });
  await hold(Promise.resolve({ close: () => takeLeave(program.app) }));
  const listening: Listening = { origin: program.app.listeningOrigin };
  if (process.connected) process.send?.(listening);
  log.info(listening, 'serving');
}
