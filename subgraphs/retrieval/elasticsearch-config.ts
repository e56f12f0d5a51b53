import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { oneOf, webAddresses, wholeNumber } from '../../src/runtime/settings.ts';

/** Where Elasticsearch is and how it is entered, as the environment says it. */
export interface ElasticsearchConfig {
  readonly nodes: readonly string[];
  readonly cloudId?: string;
  readonly apiKey?: string;
  readonly username?: string;
  readonly password?: string;
  readonly caFile?: string;
  /** What the names of all indexes begin with. */
  readonly prefix: string;
  readonly shards: number;
  readonly replicas?: number;
  /** The most items of which what was read is kept in memory. */
  readonly remembered: number;
}

export const elasticsearchSettings = {
  MEDLEY_INDEX: oneOf('lancedb', 'elasticsearch').default('lancedb'),
  ELASTICSEARCH_URL: webAddresses().optional(),
  ELASTICSEARCH_CLOUD_ID: z
    .string()
    .refine(isCloudId, 'expected a name, a colon and the code that Elastic Cloud shows')
    .optional(),
  ELASTICSEARCH_API_KEY: z.string().optional(),
  ELASTICSEARCH_USERNAME: z.string().optional(),
  ELASTICSEARCH_PASSWORD: z.string().optional(),
  ELASTICSEARCH_CA_FILE: z.string().refine(isCertificate, 'expected a file with a certificate (PEM)').optional(),
  ELASTICSEARCH_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'expected lower case letters, digits, dots and dashes')
    .default('medley'),
  ELASTICSEARCH_SHARDS: wholeNumber(1, 100).default(1),
  ELASTICSEARCH_REPLICAS: wholeNumber(0, 10).optional(),
  ELASTICSEARCH_SYNONYMS: z.never('synonyms are of either index now: name the file in MEDLEY_SYNONYMS').optional(),
  ELASTICSEARCH_REMEMBERED_ITEMS: wholeNumber(0, 10_000_000).default(100_000),
};

/** Whether a name is followed by the address of a deployment: its domain and what stands before it. */
function isCloudId(id: string): boolean {
  const [domain = '', deployment = ''] = Buffer.from(id.split(':')[1] ?? '', 'base64')
    .toString()
    .split('$');
  return domain !== '' && deployment !== '' && URL.canParse(`https://${deployment}.${domain}`);
}

function isCertificate(file: string): boolean {
  try {
    return new X509Certificate(readFileSync(file)).raw.length > 0;
  } catch {
    return false;
  }
}

type Read = z.infer<z.ZodObject<typeof elasticsearchSettings>>;

/** What is missing for the index that was chosen; undefined when nothing is. */
export function missingOf(read: Read): string | undefined {
  if (read.MEDLEY_INDEX !== 'elasticsearch') return undefined;
  if (read.ELASTICSEARCH_URL === undefined && read.ELASTICSEARCH_CLOUD_ID === undefined)
    return 'MEDLEY_INDEX=elasticsearch needs ELASTICSEARCH_URL or ELASTICSEARCH_CLOUD_ID';
  const halves = [read.ELASTICSEARCH_USERNAME, read.ELASTICSEARCH_PASSWORD].filter((half) => half !== undefined);
  return halves.length === 1 ? 'ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD go together' : undefined;
}

/** Undefined where another index was chosen. */
export function elasticsearchConfig(read: Read): ElasticsearchConfig | undefined {
  if (read.MEDLEY_INDEX !== 'elasticsearch') return undefined;
  return {
    nodes: read.ELASTICSEARCH_URL ?? [],
    cloudId: read.ELASTICSEARCH_CLOUD_ID,
    apiKey: read.ELASTICSEARCH_API_KEY,
    username: read.ELASTICSEARCH_USERNAME,
    password: read.ELASTICSEARCH_PASSWORD,
    caFile: read.ELASTICSEARCH_CA_FILE,
    prefix: read.ELASTICSEARCH_PREFIX,
    shards: read.ELASTICSEARCH_SHARDS,
    replicas: read.ELASTICSEARCH_REPLICAS,
    remembered: read.ELASTICSEARCH_REMEMBERED_ITEMS,
  };
}
