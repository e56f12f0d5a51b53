import type { Command } from 'commander';
import { ensureStorefront } from '../../demo/build-storefront.ts';
import { openMedley } from '../main.ts';
import type { Medley } from '../main.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import type { Settings } from '../runtime/environment.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Logger } from '../runtime/logger.ts';
import { onStop } from '../runtime/run-alone.ts';
import { serveDistributed } from './serve-distributed.ts';
import { indexDemo, visitDemo } from './demo.ts';

/** `medley serve`: everything in one process; with --distributed the four programs as processes of their own. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve GraphQL, the storefront and the health pages')
    .option('--distributed', 'run gateway and subgraphs as processes of their own')
    .action(async ({ distributed }: { distributed?: boolean }) => {
      await (distributed ? serveDistributed() : serve());
    });
}

async function serve(): Promise<void> {
  const env = environment();
  const settings = readSettings(env);
  const log = createLogger(env['MEDLEY_LOG_LEVEL'] ? settings.MEDLEY_LOG_LEVEL : 'warn');
  const storefront = settings.MEDLEY_DEMO === 'on' ? await ensureStorefront() : undefined;
  const medley = await openMedley({ env, settings, log, storefront });
  const stopped = new AbortController();
  onStop(async () => {
    stopped.abort();
    await medley.close();
  });
  const fresh = settings.MEDLEY_DEMO === 'on' && !medley.retrieval.ready();
  if (fresh) await indexDemo(medley, settings.MEDLEY_DATA_DIR);
  await medley.app.listen({ host: settings.HOST, port: settings.PORT });
  const address = medley.app.listeningOrigin;
  console.log(`Medley serves at ${address}\n  storefront  ${address}/\n  GraphQL     ${address}/graphql`);
  if (settings.MEDLEY_DEMO === 'on') void visit(medley, { settings, log });
  const sweeping = setInterval(() => void sweep(medley, log), HOUR);
  stopped.signal.addEventListener('abort', () => {
    clearInterval(sweeping);
  });
}

/** Only the demo catalogue has simulated viewers; a server that stops on the way is no news. */
async function visit(medley: Medley, { settings, log }: { settings: Settings; log: Logger }): Promise<void> {
  try {
    if (medley.retrieval.index.head()?.catalogue === 'demo') await visitDemo(medley, settings.MEDLEY_DATA_DIR);
  } catch (error) {
    log.info({ err: error }, 'the simulated viewers could not finish their visits');
  }
}

const HOUR = 3_600_000;

/** Forgets what the query log may no longer keep. */
async function sweep({ retrieval }: Medley, log: Logger): Promise<void> {
  try {
    await retrieval.windows.sweep();
  } catch (error) {
    log.warn({ err: error }, 'the query log could not be swept');
  }
}
