import { closestMatch } from 'leven';
import type { Logger } from './logger.ts';
import type { Environment } from './settings.ts';

/** Every setting whose name begins with MEDLEY_: those of docs/settings.md, which a test holds it to, */
export const KNOWN_SETTINGS: ReadonlySet<string> = new Set(
  (
    'DATA_DIR LOG_LEVEL SECRET KEYS ALLOWED_ORIGINS METRICS_PORT DEADLINE ENCODING_DEADLINE VIEWER_DEADLINE CURSOR_TTL ' +
    'QUERY_LOG_RETENTION RANKING_PROFILES SYNONYMS RANKING_RULES POPULAR_SEARCHES DATABASE_URL INDEX QUERY_EMBEDDING_URL ' +
    'USER_PROFILE_URL RETRIEVAL_URL DEMO TEXT_MODEL IMAGE_MODEL PYTHON RESIDENT_BYTES ENCODER_WORKERS QUERY_CACHE UPLOAD_TTL ' +
    'UPLOAD_BYTES IMAGE_URLS PROFILE_HALF_LIFE_TEXT PROFILE_HALF_LIFE_IMAGE PROFILE_HALF_LIFE_CHOICES ' +
    'PROFILE_HALF_LIFE_TRENDING PROFILE_HALF_LIFE_TOGETHER PROFILE_PRIOR_IMAGE PROFILE_HISTORY PROFILE_FRESH_FOR PROFILE_CACHE'
  )
    .split(' ')
    .map((name) => `MEDLEY_${name}`),
);

/** and those of the tools that measure and test. */
const OF_TOOLS =
  /^MEDLEY_(CACHE_DIR|EVALUATION_DATA|BENCH_ITEMS|REGENERATE|ELASTICSEARCH_(VERSION|PORT|HEAP)|POSTGRESQL_PORT|TEST_\w+)$/;

/** What Kubernetes tells every pod of a service that is called medley, or medley-something. */
const OF_SERVICES = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP)(_\w+)?)$/;
const ADDRESS = /^(tcp|udp):\/\//;

/** So many letters may be wrong in a name that was meant to be another. */
const MOST_WRONG = 3;

/** What is set as if it were a setting, each with the one that may have been meant: it has no effect. */
export function unknownSettings(env: Environment): readonly string[] {
  return Object.entries(env)
    .filter(([name]) => name.startsWith('MEDLEY_') && !KNOWN_SETTINGS.has(name) && !OF_TOOLS.test(name))
    .filter(([name, value = '']) => !OF_SERVICES.test(name) && !ADDRESS.test(value))
    .map(([name]) => name)
    .sort()
    .map((name) => {
      const meant = closestMatch(name, [...KNOWN_SETTINGS], { maxDistance: MOST_WRONG });
      return meant === undefined ? name : `${name} (${meant}?)`;
    });
}

/** Tells them in the log: another program may want them, so they are no error. */
export function tellUnknown(env: Environment, log: Logger): void {
  const unknown = unknownSettings(env);
  if (unknown.length > 0) log.warn({ unknown }, 'unknown settings have no effect');
}
