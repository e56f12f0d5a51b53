import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_BOOK, foreseen } from '../runtime/errors.ts';
import type { MedleyError, Rejection } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { REQUEST_ID_HEADER } from '../runtime/request-id.ts';
import { QuotaExceeded } from './access/access.ts';
import { countRefusal } from './refusal-metrics.ts';

/** The largest GraphQL body and the largest picture, bytes. */
export const LARGEST = { graph: 1_000_000, picture: 20_000_000 } as const;

/** How long a body that is too large may go on coming, milliseconds. */
const LINGER = 1000;

/** Has every request that comes to no answer told in the shape of GraphQL's errors, with a code of the book. */
export function tellErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError | MedleyError, request, reply) => {
    const { code, message } = told(error, request);
    countRefusal(request, code);
    if (code === 'INTERNAL') log.error({ err: error }, 'a request failed');
    if (ERROR_BOOK[code].status === 413) hearOut(request.raw, reply);
    if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer');
    if (error instanceof QuotaExceeded) void reply.header('retry-after', error.retryAfter);
    // What is not there, or cannot be reached, may be a moment later.
    void reply.header('cache-control', 'no-store');
    return reply.code(ERROR_BOOK[code].status).send(bodyOf({ code, message }));
  });
  app.setNotFoundHandler((_, reply) => reply.code(ERROR_BOOK.NOT_FOUND.status).send(bodyOf(NOWHERE)));
}

const NOWHERE: Rejection = { code: 'NOT_FOUND', message: 'There is nothing at this address. GraphQL is at /graphql.' };

/** Told of an address that cannot be read, before there is a route. */
export function tellBadAddress(_: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const message = 'The address cannot be read: a part of it is too long, or a % is not followed by a character code.';
  void reply
    .header(REQUEST_ID_HEADER, request.id)
    .code(400)
    .send(bodyOf({ code: 'INVALID_INPUT', message }));
}

/** Told on a connection over which no request came, or not all of it. */
export function tellBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const rejection = unread(error.code);
  const body = JSON.stringify(bodyOf(rejection));
  const head = `HTTP/1.1 ${String(ERROR_BOOK[rejection.code].status)} Refused\r\nconnection: close\r\ncontent-type: application/json`;
  if (socket.writable) socket.write(`${head}\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
  socket.destroy(error);
}

function unread(reason: string | undefined): Rejection {
  if (reason === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { code: 'REQUEST_TOO_SLOW', message: ERROR_BOOK.REQUEST_TOO_SLOW.meaning };
  if (reason === 'HPE_HEADER_OVERFLOW')
    return { code: 'REQUEST_TOO_LARGE', message: 'The head of the request is larger than 16 KB.' };
  return { code: 'INVALID_INPUT', message: 'This is not an HTTP request.' };
}

/** Whoever still sends would not hear the answer if the connection was cut at once: a little more is taken in and dropped. */
function hearOut(coming: IncomingMessage, reply: FastifyReply): void {
  void reply.header('connection', 'keep-alive');
  setTimeout(() => {
    if (!coming.complete) coming.socket.destroy();
  }, LINGER).unref();
}

/** What a client is told of an error: Fastify's own speak of its parts, so they are said anew. */
function told(error: FastifyError | MedleyError, { url, method }: FastifyRequest): Rejection {
  const known = foreseen(error);
  if (known) return { code: known.code, message: known.message };
  const { statusCode } = error as FastifyError;
  const picture = url.startsWith('/images');
  if (statusCode === 413)
    return {
      code: picture ? 'IMAGE_TOO_LARGE' : 'REQUEST_TOO_LARGE',
      message: `The body has more than ${String((picture ? LARGEST.picture : LARGEST.graph) / 1e6)} MB, the most that is allowed.`,
    };
  if (statusCode === 415) return { code: 'WRONG_CONTENT_TYPE', message: picture ? NO_PICTURE : NO_JSON };
  if (statusCode === undefined || statusCode >= 500) return { code: 'INTERNAL', message: ERROR_BOOK.INTERNAL.meaning };
  if (method === 'GET' || method === 'HEAD') return NOWHERE;
  return { code: 'INVALID_INPUT', message: 'The body cannot be read: it is incomplete, or not JSON.' };
}

const NO_JSON = 'Send JSON, with a Content-Type of application/json.';
/** Told where a picture was expected as the body. */
export const NO_PICTURE =
  'Send the bytes of the picture as the body, with a Content-Type of image/*; neither JSON nor a form is read.';

function bodyOf({ code, message }: Rejection) {
  return { errors: [{ message, extensions: { code } }] };
}
