import type { Command } from 'commander';
import { ensureStorefront } from '../../demo/build-storefront.ts';
import { openMedley } from '../main.ts';
import type { Medley } from '../main.ts';
import { takeLeave } from '../runtime/drain.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import { tellUnknown } from '../runtime/known-settings.ts';
import { listen } from '../runtime/listen.ts';
import { createLogger } from '../runtime/logger.ts';
import { openMetrics } from '../runtime/metrics.ts';
import { openTracing } from '../runtime/open-tracing.ts';
import { untilStopped } from '../runtime/stop.ts';
import type { Holding } from '../runtime/stop.ts';
import { PUBLIC } from '../gateway/access/access.ts';
import { deadlineIn } from '../vocabulary/deadline.ts';
import { followDemo, indexDemo, visitDemo } from './demo.ts';
import type { Ask } from './demo.ts';
import { serveDistributed } from './serve-distributed.ts';
import { sayStopping, servedAt } from './served-at.ts';
import { SUBGRAPH_SETTINGS } from './subgraph-settings.ts';

/** `medley serve`: everything in one process; with --distributed the four programs as processes of their own. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve GraphQL, the storefront and the health pages')
    .option('--distributed', 'run the gateway and the subgraphs as separate processes')
    .action(async ({ distributed }: { distributed?: boolean }) => {
      await (distributed ? serveDistributed() : untilStopped(serve));
    });
}

async function serve({ stopping, hold }: Holding): Promise<void> {
  stopping.addEventListener('abort', sayStopping);
  const env = environment();
  const settings = readSettings(env, SUBGRAPH_SETTINGS);
  const { MEDLEY_DATA_DIR: dataFolder, MEDLEY_DEMO: demo } = settings;
  const log = createLogger(env['MEDLEY_LOG_LEVEL'] ? settings.MEDLEY_LOG_LEVEL : 'warn');
  tellUnknown(env, log);
  const storefront = demo === 'on' ? await ensureStorefront() : undefined;
  await hold(openTracing({ settings, serviceName: 'medley', log }));
  await hold(openMetrics(settings));
  const medley = await hold(openMedley({ env, settings, log, storefront }));
  const { indexing } = medley.retrieval;
  if (demo === 'on' && !medley.retrieval.ready())
    await indexDemo((...order) => indexing.run(...order), dataFolder, stopping);
  if (demo === 'on') await followDemo(dataFolder);
  await listen(medley.app, { host: settings.HOST, port: settings.PORT, setting: 'PORT' });
  await hold(Promise.resolve({ close: () => takeLeave(medley.app) }));
  const address = medley.app.listeningOrigin;
  console.log(servedAt(address, { storefront: demo === 'on' }));
  if (demo === 'on') await visitDemo(askGraph(medley), dataFolder, { log, stopping });
}

/** How long a simulated visitor waits for an answer, milliseconds. */
const PATIENCE = 30_000;

function askGraph({ graph }: Medley): Ask {
  return async (query, variables = {}) => {
    const contextValue = { caller: PUBLIC, deadline: deadlineIn(PATIENCE) };
    const { body } = await graph.forClients.executeOperation({ query, variables: { ...variables } }, { contextValue });
    if (body.kind !== 'single' || body.singleResult.errors) throw new Error('a simulated visit failed');
    return body.singleResult.data;
  };
}
