import { Registry, collectDefaultMetrics } from 'prom-client';
import { fastify } from 'fastify';
import type { Settings } from './environment.ts';
import { listen } from './listen.ts';

/** What this process counts and measures. Nothing that a viewer sent is in it: labels are codes and names of our own. */
export const METRICS = new Registry();

export interface MetricsPage {
  close(): Promise<void>;
}

/**
 * Serves what is counted at /metrics, in the text form of Prometheus, on a port of its own: what the service answers at its address
 * for viewers tells nothing of itself. Undefined where no setting names the port.
 */
export async function openMetrics({
  HOST: host,
  MEDLEY_METRICS_PORT: port,
}: Pick<Settings, 'HOST' | 'MEDLEY_METRICS_PORT'>): Promise<(MetricsPage & { readonly url: string }) | undefined> {
  if (port === undefined) return undefined;
  collectProcess();
  const app = fastify({ forceCloseConnections: true, logger: false });
  app.get('/metrics', async (_, reply) => reply.type(METRICS.contentType).send(await METRICS.metrics()));
  await listen(app, { host, port, setting: 'MEDLEY_METRICS_PORT' });
  return { url: app.listeningOrigin, close: () => app.close() };
}

/** Memory, event loop and handles of the process, once. */
function collectProcess(): void {
  if (!METRICS.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics({ register: METRICS });
}

/** Seconds; what is slower than the last is late in any case. */
export const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
