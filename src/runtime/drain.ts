import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a request may go on coming once its server closes, milliseconds. */
const GRACE = 5000;

/**
 * Lets a server that closes end as soon as what is under way is answered: those answers take their connections along, which a
 * client would otherwise keep open for more than a minute. What has not come whole after `grace` milliseconds is cut off, since
 * Node minds its own time limits no more once a server closes.
 */
export function drainOnClose(app: FastifyInstance, grace = GRACE): void {
  let closing = false;
  const coming = requestsOf(app);
  app.addHook('preClose', (done) => {
    closing = true;
    setTimeout(() => {
      for (const [socket, request] of coming) if (!request?.complete) socket.destroy();
    }, grace).unref();
    done();
  });
  app.addHook('onSend', async (_, reply) => {
    if (closing) void reply.header('connection', 'close');
    return Promise.resolve();
  });
}

/** The open connections, each with the request on it; undefined while none, or not all of its head, has come. */
function requestsOf({ server }: FastifyInstance): ReadonlyMap<Socket, IncomingMessage | undefined> {
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
