import type { Settings } from './environment.ts';
import { MedleyError } from './errors.ts';
import type { Logger } from './logger.ts';
import { traceWith } from './tracing.ts';

export interface Tracing {
  /** Sends what was not sent yet. */
  close(): Promise<void>;
}

export interface TracingSettings {
  readonly settings: Settings;
  /** The name under which traces know this process, unless a setting gives another. */
  readonly serviceName: string;
  readonly log: Logger;
}

/** Tells a collector what requests are made of. Undefined, and nothing is loaded, where no setting names one. Errors: INVALID_SETTING. */
export async function openTracing({ settings, serviceName, log }: TracingSettings): Promise<Tracing | undefined> {
  if (!isWanted(settings)) return undefined;
  const { OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = settings;
  if (protocol !== 'http/protobuf')
    throw new MedleyError(
      'INVALID_SETTING',
      `OTEL_EXPORTER_OTLP_PROTOCOL is ${protocol}, but Medley sends traces as http/protobuf only. Collectors take that on port 4318.`,
    );
  const { openSpanExport } = await import('./span-export.ts');
  const spans = openSpanExport(serviceName, log);
  traceWith(spans.tracer);
  return {
    close: async () => {
      traceWith(undefined);
      await spans.close();
    },
  };
}

function isWanted(settings: Settings): boolean {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  return (
    endpoint !== undefined &&
    settings.OTEL_SDK_DISABLED.toLowerCase() !== 'true' &&
    settings.OTEL_TRACES_EXPORTER !== 'none'
  );
}
