import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DiagLogLevel, context, diag, propagation, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Logger } from './logger.ts';
import { guarded } from './span-guard.ts';

export interface SpanExport {
  readonly tracer: Tracer;
  /** Sends what was not sent yet, for as long as a process that stops can wait. */
  close(): Promise<void>;
}

/** How long a process that stops waits for its last spans, milliseconds. */
const FLUSH = 3000;
/** So often at most it is said that the collector does not take them, milliseconds. */
const QUIET = 60_000;

/**
 * Sends spans to the collector that the environment names, in batches and behind the back of requests. What to sample, how large
 * batches are and with which headers they go, the library reads from the environment by itself.
 */
export function openSpanExport(serviceName: string, log: Logger): SpanExport {
  const tell = atMostEvery(QUIET, (reason: string) => {
    log.warn({ reason }, 'traces do not reach their collector; requests are not affected');
  });
  const misread = (reason: string): void => {
    log.warn({ reason }, 'a setting for traces is wrong; its default is used');
  };
  listenTo(misread);
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': randomUUID() }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(guardedExporter(new OTLPTraceExporter(), tell))],
  });
  listenTo(tell);
  provider.register();
  return {
    tracer: provider.getTracer('medley'),
    close: async () => {
      const sent = provider.shutdown().catch((error: unknown) => String(error));
      const lost = await Promise.race([sent, sleep(FLUSH, 'the last traces were not taken in time', { ref: false })]);
      if (lost) tell(lost);
      for (const api of [trace, context, propagation, diag]) api.disable();
    },
  };
}

/** Hears what the library has to say that is wrong: of the settings while it is made, of the collector afterwards. */
function listenTo(say: (reason: string) => void): void {
  diag.setLogger({ ...SILENT, error: say, warn: say }, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

const SILENT = { info: () => undefined, debug: () => undefined, verbose: () => undefined };

function guardedExporter(exporter: SpanExporter, tell: (reason: string) => void): SpanExporter {
  return {
    export: (spans, done) => {
      exporter.export(spans.map(guarded), (result) => {
        if (result.error) tell(result.error.message);
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function atMostEvery(milliseconds: number, say: (reason: string) => void): (reason: string) => void {
  let last = -Infinity;
  return (reason) => {
    if (performance.now() - last < milliseconds) return;
    last = performance.now();
    say(reason);
  };
}
