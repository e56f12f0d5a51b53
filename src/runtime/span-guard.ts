import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/**
 * What may be told of a stretch of work. Libraries tell by themselves what they are asked, addresses with passwords and the messages of
 * errors among it; so what is not in this list, or Medley's own, stays here.
 */
const MAY_LEAVE: ReadonlySet<string> = new Set([
  'db.collection.name',
  'db.namespace',
  'db.operation.name',
  'db.response.status_code',
  'db.system',
  'elasticsearch.node.name',
  'error.type',
  'gen_ai.embeddings.dimension.count',
  'gen_ai.operation.name',
  'gen_ai.request.model',
  'graphql.operation.name',
  'graphql.operation.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'server.address',
  'server.port',
  'service',
  'url.path',
  'url.scheme',
]);

const OURS = 'medley.';

/** The longest text, characters: clients choose the names of their operations. */
const LONGEST = 128;

/** The same stretch of work without what may not leave: no events, for an exception's message may hold what was searched. */
export function guarded(span: ReadableSpan): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: { code: span.status.code },
    attributes: allowed(span.attributes),
    events: [],
    links: [],
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function allowed(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => MAY_LEAVE.has(name) || name.startsWith(OURS))
      .map(([name, value]) => [name, shortened(value)]),
  );
}

function shortened(value: AttributeValue | undefined): AttributeValue | undefined {
  return typeof value === 'string' ? value.slice(0, LONGEST) : value;
}
