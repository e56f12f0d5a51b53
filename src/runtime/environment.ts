import { z } from 'zod';
import { LONGEST_AGE, LONGEST_WAIT, checkTogether, oneOf, parseSettings, webAddress, wholeNumber } from './settings.ts';
import type { Environment, SettingsReader } from './settings.ts';

export type { Environment } from './settings.ts';

const HIGHEST_PORT = 65_535;

/** Those of OpenTelemetry that switch tracing on; most of them its library reads by itself where they were set. */
const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webAddress().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.string().default('http/protobuf'),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
  OTEL_TRACES_SAMPLER: z.string().default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.string().optional(),
  OTEL_TRACES_EXPORTER: z.string().default('otlp'),
  OTEL_SDK_DISABLED: z.string().default('false'),
};

/** Every setting that is not a subgraph's own, with its default. The table of docs/settings.md is held to this by a test. */
const schema = z.object({
  PORT: wholeNumber(0, HIGHEST_PORT).default(4000),
  HOST: z.string().default('127.0.0.1'),
  MEDLEY_DATA_DIR: z.string().default('.medley'),
  MEDLEY_LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent').default('info'),
  /** Signs cursors; replicas share it. Made and kept in the data folder when unset. */
  MEDLEY_SECRET: z
    .string()
    .min(16, { error: ({ input = '' }) => `expected at least 16 characters, got ${(input as string).length}` })
    .optional(),
  /** A file of API keys, as `medley keys` writes it; keys.json in the data folder when unset. */
  MEDLEY_KEYS: z.string().optional(),
  /** Pages of these origins may ask from browsers, parted by commas; "*" lets those of any. */
  MEDLEY_ALLOWED_ORIGINS: z.string().transform(readOrigins).optional(),
  /** The whole answer, milliseconds. */
  MEDLEY_DEADLINE: wholeNumber(1, LONGEST_WAIT).default(5000),
  MEDLEY_ENCODING_DEADLINE: wholeNumber(1, LONGEST_WAIT).default(2500),
  MEDLEY_VIEWER_DEADLINE: wholeNumber(1, LONGEST_WAIT).default(400),
  MEDLEY_CURSOR_TTL: wholeNumber(1, LONGEST_AGE).default(600_000),
  MEDLEY_QUERY_LOG_RETENTION: wholeNumber(1, LONGEST_AGE).default(30 * 86_400_000),
  MEDLEY_RANKING_PROFILES: z.string().optional(),
  MEDLEY_DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'expected a URL such as postgres://user:password@127.0.0.1:5432/medley, got something else')
    .optional(),
  /** Where the subgraphs are, for a gateway of its own. */
  MEDLEY_QUERY_EMBEDDING_URL: webAddress().optional(),
  MEDLEY_USER_PROFILE_URL: webAddress().optional(),
  MEDLEY_RETRIEVAL_URL: webAddress().optional(),
  /** Where what is counted is served, for Prometheus; nowhere when unset. */
  MEDLEY_METRICS_PORT: wholeNumber(0, HIGHEST_PORT).optional(),
  ...tracingSettings,
  /** "off" leaves an empty data folder empty; the demo is prepared otherwise. */
  MEDLEY_DEMO: oneOf('on', 'off').default('on'),
});

/** Read as its driver does, for which a socket has nothing where the host would be. What came is not told: it may hold a password. */
function isDatabaseUrl(text: string): boolean {
  const readable = [text, text.replace('@/', '@socket/')].some((url) => URL.canParse(url));
  return readable && /^postgres(ql)?:\/\//.test(text);
}

/** Those that are none are told all together. */
function readOrigins(text: string, check: z.core.$RefinementCtx): readonly string[] {
  const origins = text.split(',').map((origin) => origin.trim());
  for (const origin of origins)
    if (origin !== '*' && URL.parse(origin)?.origin !== origin)
      check.addIssue({
        code: 'custom',
        message: `expected an origin such as https://shop.example (no path, nothing after the port), got "${origin}"`,
      });
  return origins;
}

export type Settings = Readonly<z.infer<typeof schema>>;

/** The environment of this process; empty strings count as unset. The only reader of process.env. */
export function environment(): Environment {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
}

/**
 * Reads the settings. `others` are groups that the same program reads later: their problems are told now, together with these.
 *
 * @throws MedleyError INVALID_SETTING with all problems
 */
export function readSettings(env: Environment, others: readonly SettingsReader[] = []): Settings {
  const own = (): Settings => parseSettings(schema, env);
  checkTogether(env, [own, ...others]);
  return own();
}

/** The names of the settings with their defaults, for the test of docs/settings.md. */
export function settingDefaults(): Readonly<Record<string, string | undefined>> {
  const defaults: Record<string, string | number | readonly string[] | undefined> = schema.parse({});
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, defaults[name]?.toString()]));
}

/**
 * Apollo's gateway would ask cloud addresses where it runs, and the runtime of the models (1.29 and later) would send its maker what it
 * runs. The first reads this when it is constructed, the second when it is loaded: call before either, on the main thread, since
 * the environment of a worker is a copy that native code does not see.
 */
export function silenceTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

/** Lets native parts put what they need for a while into a folder; they read the setting when the work begins. */
export async function withTemporaryFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
