import type { FastifyRequest } from 'fastify';
import { Counter } from 'prom-client';
import type { ErrorCode } from '../runtime/errors.ts';
import { METRICS } from '../runtime/metrics.ts';

const refusals = new Counter({
  name: 'medley_refusals_total',
  help: 'Requests that came to an error beside GraphQL: uploads, quotas, bodies that are too large',
  labelNames: ['address', 'code'] as const,
  registers: [METRICS],
});

/** Counts under the address as Medley knows it; whatever else a client asked for is `other`. */
export function countRefusal({ routeOptions }: FastifyRequest, code: ErrorCode): void {
  refusals.inc({ address: routeOptions.url ?? 'other', code });
}
