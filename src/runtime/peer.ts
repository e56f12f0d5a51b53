import { setTimeout as sleep } from 'node:timers/promises';
import { RoundRobinPool } from 'undici';
import type { Deadline } from '../vocabulary/deadline.ts';
import { remaining } from '../vocabulary/deadline.ts';
import { REMAINING_HEADER, SECRET_HEADER } from './peer-headers.ts';
import { requestHeaders } from './request-id.ts';
import { annotate, annotateError, traceHeaders, tracedCall } from './tracing.ts';
import { DeadlineExceeded, withinDeadline } from './within-deadline.ts';

/**
 * Another program of this installation, as seen from here: one process, or several behind whatever shares connections out. Every
 * call rejects when there is no whole answer by its deadline, and takes the trace along that it belongs to.
 */
export interface Peer {
  /** Sends JSON text and resolves to the text that came back with status 200. */
  post(path: string, body: string, sending: Sending): Promise<string>;
  /** The status of a GET; 0 where nobody answers in time. */
  status(path: string, deadline: Deadline): Promise<number>;
  close(): Promise<void>;
}

export interface Sending {
  readonly deadline: Deadline;
  /** Whether it does no harm twice: then it is sent once more where the connection broke, which may lead to another process. */
  readonly repeatable?: boolean;
}

/** The most connections to one program, and how long one that is idle is kept, milliseconds. */
const CONNECTIONS = 32;
const KEPT_ALIVE = 30_000;
/** After so many milliseconds a connection is made anew: a process that came later gets its share. */
const OLDEST = 60_000;
/** By then the other connections to a process that is gone are known to be broken, too, milliseconds. */
const PAUSE = 20;

/** Kept-alive connections to `url`, used by turns; every call carries the secret that the processes share, and the time it has left. */
export function openPeer(url: string, secret: string): Peer {
  const { origin, pathname, hostname, port } = new URL(url);
  const place = { 'server.address': hostname, ...(port && { 'server.port': Number(port) }) };
  const base = pathname.replace(/\/$/, '');
  const options = { connections: CONNECTIONS, keepAliveTimeout: KEPT_ALIVE, clientTtl: OLDEST };
  const pool = new RoundRobinPool(origin, options);
  const send = (deadline: Deadline, options: { path: string; method: 'GET' | 'POST'; body?: string }) =>
    tracedCall(options.method, { ...place, 'http.request.method': options.method, 'url.path': options.path }, () =>
      withinDeadline(deadline, async (signal) => {
        const headers = headersOf(secret, deadline);
        const answer = await pool.request({ ...options, path: `${base}${options.path}`, headers, signal });
        annotate({ 'http.response.status_code': answer.statusCode });
        if (answer.statusCode >= 400) annotateError(String(answer.statusCode));
        return { status: answer.statusCode, text: await answer.body.text() };
      }),
    );
  return {
    post: async (path, body, { deadline, repeatable = false }) => {
      const asked = { path, method: 'POST', body } as const;
      const { status, text } = await send(deadline, asked).catch(async (error: unknown) => {
        if (!mayBeSentAgain(error, repeatable)) throw error;
        await sleep(PAUSE);
        return send(deadline, asked);
      });
      if (status === 200) return text;
      // The other program has the same deadline, and may be the first to find that it passed.
      if (status === 504) throw new DeadlineExceeded();
      throw new Error(
        status === 401 ? 'it refused our secret; MEDLEY_SECRET must be the same everywhere' : `it answered ${status}`,
      );
    },
    status: async (path, deadline) => {
      const answer = await send(deadline, { path, method: 'GET' }).catch(() => undefined);
      return answer?.status ?? 0;
    },
    close: () => pool.close(),
  };
}

function headersOf(secret: string, deadline: Deadline): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    [SECRET_HEADER]: secret,
    [REMAINING_HEADER]: String(remaining(deadline)),
    ...requestHeaders(),
    ...traceHeaders(),
  };
}

const BROKEN = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Who was refused a connection has sent nothing yet. */
function mayBeSentAgain(error: unknown, repeatable: boolean): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' || (repeatable && BROKEN.has(code));
}
