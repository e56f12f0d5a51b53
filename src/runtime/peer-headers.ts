import type { FastifyInstance } from 'fastify';
import { isSecret } from '../vocabulary/is-secret.ts';

/** What a call between processes carries: the secret that they share, and how many milliseconds are left (clocks may differ). */
export const SECRET_HEADER = 'x-medley-secret';
export const REMAINING_HEADER = 'x-medley-remaining';

/** Refuses, with 401 and nothing else, whoever does not know the secret; the health pages are for everyone. */
export function admitPeers(app: FastifyInstance, secret: string): void {
  app.addHook('onRequest', async (asked, reply) => {
    if (asked.url.startsWith('/health/') || isSecret(String(asked.headers[SECRET_HEADER]), secret)) return;
    await reply.code(401).send();
  });
}
