import type { FastifyInstance } from 'fastify';
import { isDraining } from '../runtime/drain.ts';

/** Says whether searches can be answered now; `reason` is for the operator's log and page, without addresses. */
export interface Readiness {
  readonly ready: boolean;
  readonly reason?: string;
}

const STOPPING: Readiness = { ready: false, reason: 'the service stops' };

/** /health/live: the process answers. /health/ready: searches are answered too; 503 while starting or draining. */
export function serveHealth(app: FastifyInstance, readiness: () => Readiness | Promise<Readiness>): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const { ready, reason } = isDraining(app) ? STOPPING : await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', ...(reason && { reason }) });
  });
}
