import { rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { onStop } from '../../src/runtime/stop.ts';
import { CannotRunHere } from './cannot-run-here.ts';
import { isRunning, startServer, stopServer } from './local-server.ts';
import type { LocalServer } from './local-server.ts';

/** Adds run (until Ctrl-C, what is done when nothing is said), start, stop and status of a server that the options describe. */
export function addServerCommands(program: Command, open: () => LocalServer): void {
  program
    .command('run', { isDefault: true })
    .description('run until Ctrl-C')
    .action(async () => {
      const server = open();
      onStop(() => stopServer(server));
      await startServer(server);
      console.log(`${server.name} answers at ${server.url}; Ctrl-C stops it`);
      setInterval(() => void endWith(server), 1000);
    });
  program
    .command('start')
    .description('start in the background')
    .action(async () => {
      const server = open();
      await startServer(server);
      console.log(server.url);
    });
  program
    .command('stop')
    .description('stop what was started in the background')
    .option('--forget', 'remove its data too')
    .action(async ({ forget }: { forget?: boolean }) => {
      const server = open();
      await stopServer(server);
      if (forget) await rm(server.folder, { recursive: true, force: true });
    });
  program
    .command('status')
    .description('print the address, or end with 3 where it does not run')
    .action(async () => {
      const server = open();
      const serving = (await isRunning(server)) && (await server.healthy());
      console.log(serving ? server.url : 'not running');
      process.exitCode = serving ? 0 : 3;
    });
}

async function endWith(server: LocalServer): Promise<void> {
  if (await isRunning(server)) return;
  console.error(`${server.name} ended; its log is ${server.folder}/server.log`);
  process.exit(1);
}

/** Parses and runs; what the machine lacks is told in one line. */
export async function runCommands(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
