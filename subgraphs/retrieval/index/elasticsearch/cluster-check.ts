import { setTimeout as sleep } from 'node:timers/promises';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Cluster } from './cluster.ts';
import { Refused } from './cluster-errors.ts';

/** What was found out about a cluster when it was opened. */
export interface ClusterFacts {
  readonly version: string;
  /** `basic` is enough; unknown where the key may not ask. */
  readonly licence: string;
}

/** Vectors are scored exactly since then. */
const OLDEST = [8, 18] as const;
/** How long a cluster that is starting is waited for, milliseconds. */
const STARTING = 30_000;

/** Errors: INVALID_SETTING where the cluster cannot serve, RETRIEVAL_UNAVAILABLE where there is none. */
export async function checkCluster(cluster: Cluster): Promise<ClusterFacts> {
  const { version } = await patiently(() => cluster.ask((client, sending) => client.info({}, sending)));
  checkVersion(version.number);
  return { version: version.number, licence: await licenceOf(cluster) };
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + STARTING;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const starting = error instanceof MedleyError && error.code === 'RETRIEVAL_UNAVAILABLE';
      const told = readable(error);
      if (!starting || told !== error || Date.now() > until) throw told;
      await sleep(1000);
    }
  }
}

/** What no waiting mends is told with the setting that does. */
function readable(error: unknown): unknown {
  const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  if (/certificate/i.test(why))
    return new MedleyError(
      'INVALID_SETTING',
      'The certificate of Elasticsearch is not trusted, or is for another host. Name the certificate of its signer in ELASTICSEARCH_CA_FILE, and use the host name of the certificate in ELASTICSEARCH_URL.',
    );
  if (/EPROTO|SSL routines/.test(why))
    return new MedleyError(
      'INVALID_SETTING',
      'The server at ELASTICSEARCH_URL does not speak TLS. Correct the address, or begin it with http://.',
    );
  const status = error instanceof Refused ? error.status : undefined;
  if (status === 401 || status === 403)
    return new MedleyError(
      'INVALID_SETTING',
      `Elasticsearch refuses the credentials (${status}). Check ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD.`,
    );
  return error;
}

function checkVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new MedleyError(
    'INVALID_SETTING',
    `The Elasticsearch at ELASTICSEARCH_URL is ${version}; ${OLDEST.join('.')} or newer is needed.`,
  );
}

async function licenceOf(cluster: Cluster): Promise<string> {
  const { license } = await cluster
    .ask((client, sending) => client.license.get({}, sending))
    .catch((): { readonly license: undefined } => ({ license: undefined }));
  if (!license) return 'unknown';
  if (license.status === 'active') return license.type;
  throw new MedleyError(
    'INVALID_SETTING',
    `The licence of Elasticsearch (${license.type}) is ${license.status}. Renew it, or go back to the basic licence, which is enough.`,
  );
}
