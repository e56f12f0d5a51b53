import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { guarded } from '../../src/runtime/span-guard.ts';
import { traceWith } from '../../src/runtime/tracing.ts';

/** Tracing without a collector, for what happens in this process. */
export interface CollectedSpans {
  /** Does work as if a request set it off, and resolves to the spans that would leave the process, in the order in which they ended. */
  during(work: () => Promise<unknown>): Promise<readonly ReadableSpan[]>;
  close(): Promise<void>;
}

export function collectSpans(): CollectedSpans {
  const memory = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] });
  provider.register();
  const tracer = provider.getTracer('test');
  traceWith(tracer);
  return {
    during: async (work) => {
      memory.reset();
      await tracer.startActiveSpan('request', async (span) => {
        await work().catch(() => undefined);
        span.end();
      });
      return memory.getFinishedSpans().map(guarded);
    },
    close: async () => {
      traceWith(undefined);
      await provider.shutdown();
    },
  };
}
