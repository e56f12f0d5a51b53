import { request } from 'undici';
import { environment, readSettings } from '../runtime/environment.ts';
import type { Settings } from '../runtime/environment.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Logger } from '../runtime/logger.ts';
import { openPeer } from '../runtime/peer.ts';
import { outliveOutputs } from '../runtime/standard-error.ts';
import { onStop } from '../runtime/stop.ts';
import { installationSecret } from '../runtime/secret.ts';
import { deadlineIn } from '../vocabulary/deadline.ts';
import { ChildProgram } from './child-program.ts';
import { followDemo, indexDemo, visitDemo } from './demo.ts';
import type { Ask } from './demo.ts';
import { indexSomewhere } from './index-catalogue.ts';
import { programPlaces, urlSettings } from './program-places.ts';
import type { ProgramName, ProgramPlace } from './program-places.ts';
import { sayStopping, servedAt } from './served-at.ts';
import { settingsStartedHere } from './subgraph-settings.ts';

type Children = ReadonlyMap<ProgramName, ChildProgram>;

interface Run {
  readonly settings: Settings;
  readonly secret: string;
  readonly log: Logger;
  readonly places: readonly ProgramPlace[];
  readonly children: Children;
  readonly stopping: AbortSignal;
}

/**
 * The gateway and the three subgraphs as processes of their own. One that ends by itself is started again; until then it is lost
 * to the others, which say so in their answers.
 */
export async function serveDistributed(): Promise<void> {
  outliveOutputs();
  const env = environment();
  const settings = readSettings(env, settingsStartedHere(env));
  const secret = installationSecret(settings.MEDLEY_SECRET, settings.MEDLEY_DATA_DIR);
  const level = env['MEDLEY_LOG_LEVEL'] ?? 'warn';
  const log = createLogger(level);
  const places = await programPlaces(settings);
  const shared = { ...env, ...urlSettings(places), MEDLEY_SECRET: secret, MEDLEY_LOG_LEVEL: level };
  const onLost = (name: string, how: string): void => {
    log.warn({ program: name, how }, 'a program ended and will be started again');
  };
  const children = new Map(
    places.flatMap(({ name, file, listens }, i) =>
      listens
        ? [
            [
              name,
              new ChildProgram({ name, file, env: { ...shared, ...listens, ...metricsPort(settings, i) }, onLost }),
            ] as const,
          ]
        : [],
    ),
  );
  const stopping = onStop(() => stopAll(children));
  stopping.addEventListener('abort', sayStopping);
  process.on('exit', () => {
    for (const child of children.values()) child.kill();
  });
  try {
    await start({ settings, secret, log, places, children, stopping });
  } catch (error) {
    // A stop interrupts whatever is under way, which is no news.
    if (stopping.aborted) return;
    await stopAll(children);
    throw error;
  }
}

/** Each program counts by itself, and tells on a port after the gateway's. */
function metricsPort({ MEDLEY_METRICS_PORT: first }: Settings, place: number): Readonly<Record<string, string>> {
  return first === undefined ? {} : { MEDLEY_METRICS_PORT: String(first === 0 ? 0 : first + place) };
}

/** The gateway first, so that what is under way can still be answered. */
async function stopAll(children: Children): Promise<void> {
  await children.get('gateway')?.stop();
  await Promise.all([...children.values()].map((child) => child.stop()));
}

async function start({ settings, secret, log, places, children, stopping }: Run): Promise<void> {
  const { MEDLEY_DATA_DIR: dataFolder, MEDLEY_DEMO: demo } = settings;
  const subgraphs = [...children].filter(([name]) => name !== 'gateway');
  await Promise.all(subgraphs.map(([, child]) => child.start()));
  const retrieval = places.find(({ name, listens }) => name === 'retrieval' && listens);
  if (demo === 'on' && retrieval && !(await isReady(retrieval.url, secret)))
    await indexDemo(indexSomewhere, dataFolder, stopping);
  if (demo === 'on') await followDemo(dataFolder);
  stopping.throwIfAborted();
  const address = await children.get('gateway')?.start();
  if (address === undefined) return;
  console.log(servedAt(address, { storefront: demo === 'on' }));
  for (const { name, url } of places) {
    const pid = children.get(name)?.pid;
    console.log(`  ${name.padEnd(15)} ${url}${pid === undefined ? ' (runs elsewhere)' : ` (process ${pid})`}`);
  }
  if (demo === 'on') await visitDemo(askOver(address), dataFolder, { log, stopping });
}

async function isReady(url: string, secret: string): Promise<boolean> {
  const peer = openPeer(url, secret);
  const status = await peer.status('/health/ready', deadlineIn(10_000));
  await peer.close();
  return status === 200;
}

function askOver(address: string): Ask {
  return async (query, variables = {}) => {
    const { body } = await request(new URL('/graphql', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await body.json()) as { readonly data?: unknown; readonly errors?: unknown };
    if (errors !== undefined) throw new Error('a simulated visit failed');
    return data;
  };
}
