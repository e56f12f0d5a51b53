import { ensureStorefront } from '../../demo/build-storefront.ts';
import { picturesOf } from '../runtime/catalogue-pictures.ts';
import { readSettings } from '../runtime/environment.ts';
import type { Settings } from '../runtime/environment.ts';
import { MedleyError } from '../runtime/errors.ts';
import { remotePort } from '../runtime/internal-port.ts';
import { openPeer } from '../runtime/peer.ts';
import type { Peer } from '../runtime/peer.ts';
import { runAlone } from '../runtime/run-alone.ts';
import type { OpenProgram, ProgramSettings } from '../runtime/run-alone.ts';
import { deadlineIn } from '../vocabulary/deadline.ts';
import type { Readiness } from './health.ts';
import type { KeptPictures } from './kept-pictures.ts';
import { openGateway } from './open-gateway.ts';
import type { Uploads } from './pictures.ts';
import { httpTransport } from './subgraph-client/http-transport.ts';

/** The gateway as a process of its own, with the subgraphs in theirs. */
async function openAlone({ env, dataFolder, log, secret }: ProgramSettings): Promise<OpenProgram> {
  const settings = readSettings(env);
  const urls = subgraphUrls(settings);
  const peers = {
    'query-embedding': openPeer(urls['query-embedding'], secret),
    'user-profile': openPeer(urls['user-profile'], secret),
    retrieval: openPeer(urls.retrieval, secret),
  };
  const gateway = await openGateway({
    settings,
    secret,
    log,
    storefront: settings.MEDLEY_DEMO === 'on' ? await ensureStorefront() : undefined,
    uploads: remotePort<Uploads>({
      peer: peers['query-embedding'],
      name: 'uploads',
      methods: ['put'],
      patience: settings.MEDLEY_DEADLINE,
      unavailable: 'QUERY_EMBEDDING_UNAVAILABLE',
    }),
    transports: {
      'query-embedding': httpTransport(peers['query-embedding']),
      'user-profile': httpTransport(peers['user-profile']),
      retrieval: httpTransport(peers.retrieval),
    },
    pictureFolder: (catalogue) => picturesOf(dataFolder, catalogue),
    keptPictures: remotePort<KeptPictures>({
      peer: peers.retrieval,
      name: 'pictures',
      methods: ['get'],
      patience: settings.MEDLEY_DEADLINE,
      unavailable: 'RETRIEVAL_UNAVAILABLE',
    }),
    readiness: () => readinessOf(peers.retrieval),
  });
  return {
    app: gateway.app,
    close: async () => {
      await gateway.close();
      await Promise.all(Object.values(peers).map((peer) => peer.close()));
    },
  };
}

/** How long the health page waits for retrieval, milliseconds. */
const PATIENCE = 1000;

async function readinessOf(retrieval: Peer): Promise<Readiness> {
  const status = await retrieval.status('/health/ready', deadlineIn(PATIENCE));
  if (status === 200) return { ready: true };
  return {
    ready: false,
    reason: status === 503 ? 'no catalogue is published yet' : 'the ranking part cannot be reached',
  };
}

function subgraphUrls({ MEDLEY_QUERY_EMBEDDING_URL, MEDLEY_USER_PROFILE_URL, MEDLEY_RETRIEVAL_URL }: Settings) {
  if (MEDLEY_QUERY_EMBEDDING_URL && MEDLEY_USER_PROFILE_URL && MEDLEY_RETRIEVAL_URL)
    return {
      'query-embedding': MEDLEY_QUERY_EMBEDDING_URL,
      'user-profile': MEDLEY_USER_PROFILE_URL,
      retrieval: MEDLEY_RETRIEVAL_URL,
    };
  throw new MedleyError(
    'INVALID_SETTING',
    'A gateway that runs alone needs MEDLEY_QUERY_EMBEDDING_URL, MEDLEY_USER_PROFILE_URL and MEDLEY_RETRIEVAL_URL.',
  );
}

await runAlone('gateway', openAlone, [(env) => subgraphUrls(readSettings(env))]);
