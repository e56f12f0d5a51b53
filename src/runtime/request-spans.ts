import type { ServerResponse } from 'node:http';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { currentTracer } from './tracing.ts';

/** What is computed is traced; health pages and files are not. */
const TRACED = /^\/(?:graphql|images|internal)(?:\/|$)/;

/** Traces every request of a server, under the trace of its caller where it names one (`traceparent`). */
export function traceRequests(app: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, Context>();
  app.addHook('onRequest', (request, reply, done) => {
    const span = begin(request);
    if (!span) {
      done();
      return;
    }
    const within = trace.setSpan(ROOT_CONTEXT, span);
    contexts.set(request, within);
    reply.raw.once('close', () => {
      end(span, reply.raw);
    });
    context.with(within, done);
  });
  // A body arrives by events of the socket, which know nothing of the request: what comes after it is brought back under its span.
  app.addHook('preValidation', (request, _, done) => {
    context.with(contexts.get(request) ?? context.active(), done);
  });
}

function begin({ method, url, headers, protocol, routeOptions }: FastifyRequest): Span | undefined {
  const route = routeOptions.url ?? '';
  if (!TRACED.test(route)) return undefined;
  const attributes = {
    'http.request.method': method,
    'http.route': route,
    'url.path': url.split('?', 1)[0],
    'url.scheme': protocol,
  };
  const caller = propagation.extract(ROOT_CONTEXT, headers);
  return currentTracer()?.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
}

/** Who went away before the answer was whole has no status. */
function end(span: Span, { statusCode, writableFinished }: ServerResponse): void {
  if (writableFinished) span.setAttribute('http.response.status_code', statusCode);
  if (writableFinished && statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
