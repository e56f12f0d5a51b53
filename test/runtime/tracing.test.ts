import { ROOT_CONTEXT, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { afterAll, describe, expect, it } from '@jest/globals';
import { subgraphClient } from '../../src/gateway/subgraph-client/subgraph-client.ts';
import { readSettings } from '../../src/runtime/environment.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { openTracing } from '../../src/runtime/open-tracing.ts';
import { annotate, traceFields, traceHeaders, traced } from '../../src/runtime/tracing.ts';
import { collectSpans } from '../support/collected-spans.ts';

const log = createLogger('silent');
const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('tracing that is off', () => {
  it('is a plain call', () => {
    const answer = Promise.resolve(1);
    expect(traced('work', {}, () => answer)).toBe(answer);
    expect([traceHeaders(), traceFields()]).toEqual([{}, {}]);
  });

  it.each([
    ['nothing is set', {}],
    ['it is disabled', { ...COLLECTOR, OTEL_SDK_DISABLED: 'true' }],
    ['traces go nowhere', { ...COLLECTOR, OTEL_TRACES_EXPORTER: 'none' }],
  ])('stays off where %s', async (_, env) => {
    expect(await openTracing({ settings: readSettings(env), serviceName: 'medley', log })).toBeUndefined();
  });

  it('says so where the collector is to be spoken to in a way that is not known', async () => {
    const settings = readSettings({ ...COLLECTOR, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    await expect(openTracing({ settings, serviceName: 'medley', log })).rejects.toMatchObject({
      code: 'INVALID_SETTING',
    });
  });
});

describe('a stretch of work', () => {
  const spans = collectSpans();
  afterAll(() => spans.close());

  it('of no request is not told', async () => {
    const told = await spans.during(() =>
      context.with(ROOT_CONTEXT, () => traced('work', {}, () => Promise.resolve())),
    );
    expect(told.map(({ name }) => name)).toEqual(['request']);
    expect(traceHeaders()).toEqual({});
  });

  it('tells the code of an error and no word of its message', async () => {
    const failing = () => Promise.reject(new MedleyError('UNKNOWN_FIELD', 'secretword is no field'));
    const [work] = await spans.during(() => traced('work', { 'medley.hits': 1 }, failing));
    expect(work).toMatchObject({
      name: 'work',
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'medley.hits': 1, 'error.type': 'UNKNOWN_FIELD' },
    });
    expect(JSON.stringify([work?.status, work?.attributes, work?.events])).not.toContain('secretword');
  });

  it('tells nothing that a library notes of addresses, messages and what it was asked', async () => {
    const [work] = await spans.during(() =>
      traced('work', {}, () => {
        annotate({
          'url.full': 'http://elastic:secretword@node:9200',
          'db.query.text': 'secretword',
          'db.system': 'x',
        });
        annotate({ 'graphql.operation.name': 'A'.repeat(1000) });
        trace.getActiveSpan()?.recordException(new Error('secretword'));
        trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR, message: 'secretword' });
        return Promise.resolve();
      }),
    );
    expect(work?.attributes).toEqual({ 'db.system': 'x', 'graphql.operation.name': 'A'.repeat(128) });
    expect([work?.events, work?.status]).toEqual([[], { code: SpanStatusCode.ERROR }]);
  });

  it('of a subgraph that is lost says so, while the answer goes on without it', async () => {
    const transport = { send: () => Promise.reject(new Error('ECONNREFUSED')), close: () => Promise.resolve() };
    const client = subgraphClient({ name: 'query-embedding', transport, log, patience: 30 });
    const request = { query: '{ x }', variables: { representations: [{}] } };
    const [call] = await spans.during(async () => client.process({ request, context: {} } as never));
    expect(call).toMatchObject({
      name: 'gateway.subgraph',
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'medley.subgraph': 'query-embedding', 'error.type': 'QUERY_EMBEDDING_UNAVAILABLE' },
    });
  });

  it('goes on under the same trace in another program, and in the lines of the log', async () => {
    let headers: ReturnType<typeof traceHeaders> = {};
    let fields: ReturnType<typeof traceFields> = {};
    const [request] = await spans.during(() => {
      [headers, fields] = [traceHeaders(), traceFields()];
      return Promise.resolve();
    });
    const { traceId, spanId } = request?.spanContext() ?? {};
    expect(headers).toEqual({ traceparent: `00-${traceId ?? ''}-${spanId ?? ''}-01` });
    expect(fields).toEqual({ trace_id: traceId, span_id: spanId });
  });
});
