import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** What a call between processes carries: the secret that they share, and how many milliseconds are left (clocks may differ). */
export const SECRET_HEADER = 'x-medley-secret';
export const REMAINING_HEADER = 'x-medley-remaining';

/** Refuses, with 401 and nothing else, whoever does not know the secret; the health pages are for everyone. */
export function admitPeers(app: FastifyInstance, secret: string): void {
  app.addHook('onRequest', async (asked, reply) => {
    if (asked.url.startsWith('/health/') || same(asked.headers[SECRET_HEADER], secret)) return;
    await reply.code(401).send();
  });
}

function same(came: string | string[] | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(String(came)), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
