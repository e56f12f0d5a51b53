import { Pool } from 'undici';
import { withinDeadline } from './within-deadline.ts';
import type { SubgraphResponse, Transport } from './transport.ts';

/** Calls a subgraph over HTTP through a pool of kept-alive connections. */
export function httpTransport(url: string, { connections = 32 }: { readonly connections?: number } = {}): Transport {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, keepAliveTimeout: 30_000 });
  return {
    send: (request, deadline) =>
      withinDeadline(deadline, async (signal) => {
        const { statusCode, body } = await pool.request({
          path: pathname,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-medley-deadline': String(deadline.at) },
          body: JSON.stringify(request),
          signal,
        });
        if (statusCode >= 500) {
          await body.dump();
          throw new Error(`the subgraph answered ${String(statusCode)}`);
        }
        return (await body.json()) as SubgraphResponse;
      }),
    close: () => pool.close(),
  };
}
