import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { ensureStorefront } from '../../demo/build-storefront.ts';
import { openGateway } from '../gateway/open-gateway.ts';
import { httpTransport } from '../gateway/subgraph-client/http-transport.ts';
import { picturesOf } from '../runtime/catalogue-pictures.ts';
import { environment, readSettings } from '../runtime/environment.ts';
import type { Settings } from '../runtime/environment.ts';
import { MedleyError } from '../runtime/errors.ts';
import { createLogger } from '../runtime/logger.ts';
import { onStop } from '../runtime/run-alone.ts';
import { installationSecret } from '../runtime/secret.ts';
import { remotePort } from '../runtime/internal-port.ts';
import type { Uploads } from '../gateway/pictures.ts';

const SUBGRAPHS = ['query-embedding', 'user-profile', 'retrieval'] as const;
type Subgraph = (typeof SUBGRAPHS)[number];

/** How long a subgraph may take to be ready, milliseconds. */
const START = 60_000;

/** The gateway here and the three subgraphs as processes of their own, on loopback, on the ports after PORT. */
export async function serveDistributed(): Promise<void> {
  const env = environment();
  const settings = readSettings(env);
  const log = createLogger(env['MEDLEY_LOG_LEVEL'] ? settings.MEDLEY_LOG_LEVEL : 'warn');
  const secret = installationSecret(settings.MEDLEY_SECRET, settings.MEDLEY_DATA_DIR);
  const urls = urlsOf(settings);
  const children = SUBGRAPHS.map((name, i) =>
    start(name, {
      ...env,
      ...subgraphEnvironment(urls),
      MEDLEY_SECRET: secret,
      HOST: '127.0.0.1',
      PORT: String(settings.PORT + 1 + i),
    }),
  );
  onStop(() => Promise.all(children.map(stop)).then(() => undefined));
  await Promise.all(SUBGRAPHS.map((name, i) => ready(name, urls[name], children[i])));
  const gateway = await openGateway({
    settings,
    secret,
    log,
    storefront: settings.MEDLEY_DEMO === 'on' ? await ensureStorefront() : undefined,
    uploads: remotePort<Uploads>({
      url: urls['query-embedding'],
      name: 'uploads',
      methods: ['put'],
      secret,
      patience: settings.MEDLEY_DEADLINE,
    }),
    transports: {
      'query-embedding': httpTransport(`${urls['query-embedding']}/graphql`),
      'user-profile': httpTransport(`${urls['user-profile']}/graphql`),
      retrieval: httpTransport(`${urls.retrieval}/graphql`),
    },
    pictureFolder: (catalogue) => picturesOf(settings.MEDLEY_DATA_DIR, catalogue),
    readiness: () => ({ ready: true }),
  });
  await gateway.app.listen({ host: settings.HOST, port: settings.PORT });
  onStop(async () => {
    await gateway.close();
    await Promise.all(children.map(stop));
  });
  console.log(
    `Medley serves at ${gateway.app.listeningOrigin}, its subgraphs at ports ${SUBGRAPHS.map((_, i) => settings.PORT + 1 + i).join(', ')}`,
  );
}

function urlsOf({ PORT }: Settings): Readonly<Record<Subgraph, string>> {
  const url = (place: number) => `http://127.0.0.1:${String(PORT + 1 + place)}`;
  return { 'query-embedding': url(0), 'user-profile': url(1), retrieval: url(2) };
}

function subgraphEnvironment(urls: Readonly<Record<Subgraph, string>>) {
  return {
    MEDLEY_QUERY_EMBEDDING_URL: urls['query-embedding'],
    MEDLEY_USER_PROFILE_URL: urls['user-profile'],
    MEDLEY_RETRIEVAL_URL: urls.retrieval,
  };
}

function start(name: Subgraph, env: Readonly<Record<string, string | undefined>>): ChildProcess {
  const program = fileURLToPath(new URL(`../../subgraphs/${name}/main.ts`, import.meta.url));
  return spawn(process.execPath, [program], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function ready(name: Subgraph, url: string, child: ChildProcess | undefined): Promise<void> {
  const until = Date.now() + START;
  while (Date.now() < until && child?.exitCode === null) {
    const status = await request(`${url}/health/live`).then(
      async ({ statusCode, body }) => (await body.dump(), statusCode),
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new MedleyError('NOT_READY', `The subgraph ${name} did not start.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
