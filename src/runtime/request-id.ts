import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Names a request in its answer, in the log of every program that worked for it, and in what one program asks of another. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Ids that a balancer or a client gives; anything else could break a line of the log. */
const WELCOME = /^[\w.:/+=-]{1,64}$/;

const requests = new AsyncLocalStorage<string>();

/** The id that a request came with, or a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = String(headers[REQUEST_ID_HEADER]);
  return headers[REQUEST_ID_HEADER] !== undefined && WELCOME.test(given) ? given : randomUUID();
}

/** Has every answer of a server made by `genReqId: requestIdOf` say its id, and what is logged on the way to it, too. */
export function nameRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    requests.run(request.id, done);
  });
  // A body arrives by events of the socket, which know nothing of the request.
  app.addHook('preValidation', (request, _, done) => {
    requests.run(request.id, done);
  });
}

/** What a line of the log says of the request that it belongs to. */
export function requestFields(): Readonly<Record<string, string>> {
  const id = requests.getStore();
  return id === undefined ? {} : { request_id: id };
}

/** The header by which another program tells of the same request. */
export function requestHeaders(): Readonly<Record<string, string>> {
  const id = requests.getStore();
  return id === undefined ? {} : { [REQUEST_ID_HEADER]: id };
}
