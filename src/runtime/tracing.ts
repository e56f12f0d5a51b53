import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { Attributes, Span, SpanOptions, Tracer } from '@opentelemetry/api';

/** The tracer that records spans; undefined until a setting names a collector. */
let tracer: Tracer | undefined;

/** Tells stretches of work from here on; undefined tells nobody again. */
export function traceWith(next: Tracer | undefined): void {
  tracer = next;
}

/** Begins a trace, or goes on with that of a caller. Undefined while nobody is told. */
export function currentTracer(): Tracer | undefined {
  return tracer;
}

/** Whether what is done now belongs to a request that is traced. */
export function inTrace(): boolean {
  return tracer !== undefined && trace.getActiveSpan() !== undefined;
}

/**
 * Does work and tells how long it took, under the trace of the request that it is done for; a plain call where there is none. An
 * error is told by its code alone. No attribute may hold what a viewer sent.
 */
export function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return spanned(name, { attributes }, work);
}

/** The same for what another program is asked. */
export function tracedCall<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return spanned(name, { attributes, kind: SpanKind.CLIENT }, work);
}

function spanned<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  return tracer && inTrace() ? tracer.startActiveSpan(name, options, (span) => timed(span, work)) : work();
}

async function timed<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.setAttribute('error.type', typeOf(error)).setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** The code of an error, or the name of its class: its message may hold what was asked. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Adds to the stretch of work that is under way what was not known when it began. */
export function annotate(attributes: Attributes): void {
  if (tracer) trace.getActiveSpan()?.setAttributes(attributes);
}

/** Says that the stretch of work that is under way came to an error; `ours` where nobody else can mend it. */
export function annotateError(code: string, ours = true): void {
  annotate({ 'error.type': code });
  if (tracer && ours) trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR });
}

/** The headers by which another program goes on with this trace (W3C Trace Context); none where there is no trace. */
export function traceHeaders(): Readonly<Record<string, string>> {
  if (!inTrace()) return {};
  const { traceparent, tracestate } = injected();
  return { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) };
}

function injected(): Readonly<Record<string, string | undefined>> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** What a line of the log says of the trace that it belongs to. */
export function traceFields(): Readonly<Record<string, string>> {
  const at = tracer && trace.getActiveSpan()?.spanContext();
  return at ? { trace_id: at.traceId, span_id: at.spanId } : {};
}
