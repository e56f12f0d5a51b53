import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paint, writeCornerShop } from '../../support/corner-shop.ts';
import { freePort } from '../../support/free-port.ts';
import { codesOf } from '../../support/front-door.ts';
import { killLeft, serveMedley } from '../../support/medley-process.ts';
import { openTraceCollector } from '../../support/trace-collector.ts';
import type { CollectedSpan, TraceCollector } from '../../support/trace-collector.ts';
import { runMedley, startMedley } from '../distributed/running-medley.ts';

const PATIENT = {
  MEDLEY_DEADLINE: '60000',
  MEDLEY_ENCODING_DEADLINE: '30000',
  MEDLEY_VIEWER_DEADLINE: '30000',
  MEDLEY_ENCODER_WORKERS: '1',
  MEDLEY_IMAGE_URLS: 'none',
};
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
/** What viewers and operators trust us with. */
const SECRETS = {
  words: 'alba mug zweitausendeins',
  userId: 'user-marguerite',
  clientId: 'browser-of-marguerite',
  secret: 'the-secret-of-this-installation',
  token: 'the-token-of-the-collector',
};
const SEARCH = `query Front($input: SearchInput!) {
  search(input: $input, first: 3) { edges { itemId } degradations { code } } }`;
const OTHERS = '{ search(input: { text: "zweitausendeins" }, first: -1) { id } }';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-trace-'));
  const catalogue = await writeCornerShop(folder, 24);
  const index = ['index', catalogue, '--report', join(folder, 'report.jsonl')];
  const env = { ...PATIENT, MEDLEY_DATA_DIR: join(folder, 'data') };
  expect(await runMedley({ args: index, env })).toMatchObject({ code: 0 });
}, 240_000);
afterAll(async () => {
  await killLeft();
  await rm(folder, { recursive: true, force: true });
});

/** A copy of the indexed data folder. */
async function dataFolder(name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(join(folder, 'data'), copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

const FORMS = {
  'one process': { args: ['serve'], services: ['medley'] },
  'four processes': {
    args: ['serve', '--distributed'],
    services: ['medley-gateway', 'medley-query-embedding', 'medley-retrieval', 'medley-user-profile'],
  },
};

describe.each(Object.entries(FORMS))('a search in %s', (form, { args, services }) => {
  let collector: TraceCollector;
  let spans: readonly CollectedSpan[];
  /** Of the search that named its trace. */
  let ours: readonly CollectedSpan[];
  beforeAll(async () => {
    collector = await openTraceCollector();
    const medley = await startMedley({
      args,
      env: {
        ...PATIENT,
        MEDLEY_DATA_DIR: await dataFolder(form.replace(' ', '-')),
        MEDLEY_SECRET: SECRETS.secret,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${SECRETS.token}`,
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      },
    });
    const { door } = medley;
    const imageId = await door.upload(await paint('mug', 'red'));
    const { words: text, userId, clientId } = SECRETS;
    const input = { parts: [{ text }, { imageId }], userId, clientId };
    const answer = await door.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${CALLER}-01` },
      body: JSON.stringify({ query: SEARCH, variables: { input } }),
    });
    expect(JSON.parse(answer.text)).not.toHaveProperty('errors');
    expect(codesOf(await door.ask(OTHERS))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await door.ask('{ nothing }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    // Within the five seconds that a batch waits: what comes, comes because it is sent at the end.
    await medley.interrupt();
    spans = collector.spans();
    ours = spans.filter(({ traceId }) => traceId === TRACE);
  }, 240_000);
  afterAll(() => collector.close());

  const named = (name: string) => ours.filter((span) => span.name === name);
  /** The names of a span and of those above it, up to the caller. */
  const lineOf = (span: CollectedSpan): readonly string[] => {
    const above = ours.find(({ spanId }) => spanId === span.parentId);
    return [span.name, ...(above ? lineOf(above) : [span.parentId])];
  };

  it('is one trace under that of its caller, from the gateway to the models, the viewer and the index', () => {
    const between = services.length > 1 ? ['POST /graphql', 'POST'] : [];
    const gateway = [
      'gateway.subgraph',
      'gateway.fetch',
      'gateway.execute',
      'gateway.request',
      'POST /graphql',
      CALLER,
    ];
    const lines = ours.map(lineOf);
    expect(lines.every((line) => line.at(-1) === CALLER)).toBe(true);
    for (const name of ['embeddings minilm-l6-v2', 'user-profile.recognise', 'retrieval.keep-window'])
      expect(lines).toContainEqual([name, ...between, ...gateway]);
    expect(lines).toContainEqual(['retrieval.candidates', 'retrieval.rank', ...between, ...gateway]);
    expect([...new Set(ours.map(({ service }) => service))].sort()).toEqual(services);
  });

  it('tells what takes time, and of what size it was', () => {
    expect(named('embeddings minilm-l6-v2')[0]?.attributes).toMatchObject({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.request.model': 'minilm-l6-v2',
      'medley.inputs': 1,
      'medley.cached': 0,
    });
    expect(named('retrieval.candidates')[0]?.attributes).toMatchObject({
      'medley.index': 'lancedb',
      'medley.words': true,
      'medley.candidates.found': 24,
    });
    expect(named('retrieval.rank')[0]?.attributes).toMatchObject({ 'medley.degradations': ['ROUTE_MISSING'] });
    expect(named('user-profile.recognise')[0]?.attributes).toMatchObject({ 'medley.viewer.known': false });
    expect(ours.find(({ kind, parentId }) => kind === 2 && parentId === CALLER)?.attributes).toMatchObject({
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'graphql.operation.name': 'Front',
      'graphql.operation.type': 'query',
    });
  });

  it.each(['INVALID_INPUT', 'GRAPHQL_VALIDATION_FAILED'])(
    'tells %s by its code, and as no error of the service',
    (code) => {
      const [mistaken] = spans.filter(({ attributes }) => attributes['error.type'] === code);
      expect(mistaken).toMatchObject({ name: 'POST /graphql', kind: 2, status: 0 });
    },
  );

  it('gives away nothing of what was searched, who searched, and what proves us', () => {
    const bytes = Buffer.concat(collector.bodies).toString('latin1').toLowerCase();
    const texts = Object.values(SECRETS).flatMap((secret) => secret.split(' ').at(-1) ?? []);
    expect(bytes).toContain('retrieval.candidates');
    expect(texts.filter((text) => bytes.includes(text))).toEqual([]);
    expect(collector.headers.every(({ authorization }) => authorization === SECRETS.token)).toBe(true);
  });
});

it('without a setting loads nothing of it, and with one the makers of the gateway are told nothing still', async () => {
  const loadedWith = async (name: string, env: Readonly<Record<string, string>>) => {
    const list = join(folder, `${name}.txt`);
    const medley = await serveMedley({
      ...PATIENT,
      MEDLEY_DATA_DIR: await dataFolder(name),
      NODE_OPTIONS: `--import=${new URL('../../support/loaded-modules.ts', import.meta.url).href}`,
      LOADED_MODULES: list,
      ...env,
    });
    await medley.ask(SEARCH, { input: { text: 'mug' } });
    medley.child.kill('SIGINT');
    await medley.ended;
    const lines = (await readFile(list, 'utf8')).split('\n');
    expect(lines).toContain('APOLLO_TELEMETRY_DISABLED=true');
    return lines.filter((path) => path.includes('sdk-trace-node'));
  };
  expect(await loadedWith('off', {})).toEqual([]);
  const nobody = `http://127.0.0.1:${String(await freePort())}`;
  expect(await loadedWith('on', { OTEL_EXPORTER_OTLP_ENDPOINT: nobody })).not.toEqual([]);
});

it('costs no request anything where the collector is away, and says so once; what is logged names its trace', async () => {
  const medley = await serveMedley({
    ...PATIENT,
    MEDLEY_DATA_DIR: await dataFolder('away'),
    MEDLEY_LOG_LEVEL: 'warn',
    MEDLEY_ENCODING_DEADLINE: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(await freePort())}`,
    OTEL_BSP_SCHEDULE_DELAY: '20',
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  });
  const headers = { 'content-type': 'application/json', traceparent: `00-${TRACE}-${CALLER}-01` };
  for (let n = 0; n < 10; n++) {
    const body = JSON.stringify({ query: SEARCH, variables: { input: { text: `mug ${String(n)}` } } });
    expect((await medley.send('/graphql', { method: 'POST', headers, body })).status).toBe(200);
  }
  medley.child.kill('SIGINT');
  expect(await medley.ended).toBe(0);
  const lines = medley.printed().split('\n');
  expect(lines.filter((line) => line.includes('traces do not reach'))).toHaveLength(1);
  expect(lines.find((line) => line.includes('a subgraph could not be reached'))).toContain(`"trace_id":"${TRACE}"`);
});
