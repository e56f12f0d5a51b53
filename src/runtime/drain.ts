import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long a request may go on coming once its server closes, milliseconds. */
const GRACE = 5000;

/** How long who keeps a connection open has to hear that it ends, milliseconds; and between two looks at who has. */
const LEAVE = { longest: 500, looked: 20 } as const;

interface Drain {
  begun: boolean;
  readonly coming: Coming;
}

/** The open connections, each with the request on it; undefined while none, or not all of its head, has come. */
type Coming = ReadonlyMap<Socket, IncomingMessage | undefined>;

const drains = new WeakMap<FastifyInstance, Drain>();

/**
 * Lets a server that closes end as soon as what is under way is answered: those answers take their connections along, which a
 * client would otherwise keep open for more than a minute. What has not come whole after `grace` milliseconds is cut off, since
 * Node minds its own time limits no more once a server closes.
 */
export function drainOnClose(app: FastifyInstance, grace = GRACE): void {
  const drain: Drain = { begun: false, coming: requestsOf(app) };
  drains.set(app, drain);
  app.addHook('preClose', (done) => {
    drain.begun = true;
    setTimeout(() => {
      for (const [socket, request] of drain.coming) if (!request?.complete) socket.destroy();
    }, grace).unref();
    done();
  });
  app.addHook('onSend', async (_, reply) => {
    if (drain.begun) void reply.header('connection', 'close');
    return Promise.resolve();
  });
}

/** Whether a server that drains on close does so, or takes its leave. */
export function isDraining(app: FastifyInstance): boolean {
  return drains.get(app)?.begun ?? false;
}

/**
 * Goes before the close of a server that others ask over connections that they keep: one at rest may have a request on its way, which
 * would be lost with it. So all are answered a little longer, with the word that their connection ends.
 */
export async function takeLeave(app: FastifyInstance, longest: number = LEAVE.longest): Promise<void> {
  const drain = drains.get(app);
  if (!drain) return;
  drain.begun = true;
  const end = performance.now() + longest;
  while ([...drain.coming.values()].includes(undefined) && performance.now() < end) await sleep(LEAVE.looked);
}

function requestsOf({ server }: FastifyInstance): Coming {
  const open = new Map<Socket, IncomingMessage | undefined>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, undefined);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    open.set(socket, request);
    response.once('close', () => {
      if (open.get(socket) === request) open.set(socket, undefined);
    });
  });
  return open;
}
