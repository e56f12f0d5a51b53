import { Pool } from 'undici';
import type { Deadline } from '../vocabulary/deadline.ts';
import { remaining } from '../vocabulary/deadline.ts';
import { REMAINING_HEADER, SECRET_HEADER } from './peer-headers.ts';
import { withinDeadline } from './within-deadline.ts';

/** Another process of this installation, as seen from here. Every call rejects when there is no whole answer by its deadline. */
export interface Peer {
  /** Sends JSON text and resolves to the text that came back with status 200. */
  post(path: string, body: string, deadline: Deadline): Promise<string>;
  /** The status of a GET; 0 where nobody answers in time. */
  status(path: string, deadline: Deadline): Promise<number>;
  close(): Promise<void>;
}

/** The most connections to one process, and how long one that is idle is kept, milliseconds. */
const CONNECTIONS = 32;
const KEPT_ALIVE = 30_000;

/** A pool of kept-alive connections to `url`; every call carries the secret that the processes share, and the time it has left. */
export function openPeer(url: string, secret: string): Peer {
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: KEPT_ALIVE });
  const send = (deadline: Deadline, options: { path: string; method: 'GET' | 'POST'; body?: string }) =>
    withinDeadline(deadline, async (signal) => {
      const answer = await pool.request({
        ...options,
        path: `${base}${options.path}`,
        headers: {
          'content-type': 'application/json',
          [SECRET_HEADER]: secret,
          [REMAINING_HEADER]: String(remaining(deadline)),
        },
        signal,
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    });
  return {
    post: async (path, body, deadline) => {
      const { status, text } = await send(deadline, { path, method: 'POST', body });
      if (status === 200) return text;
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
