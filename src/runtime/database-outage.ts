import pg from 'pg';
import { ERROR_BOOK, MedleyError } from './errors.ts';
import type { ErrorCode } from './errors.ts';

/** SQLSTATE classes of a server that cannot answer now: its connections, its resources, its going down or coming up. */
const AWAY = /^(08|53|57P)/;
/** What pg says, without a code, of a connection that broke or did not come about. */
const LOST = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout e)/;

/**
 * The same store, which tells by a code of the error book that its database cannot be reached. What was under way when a
 * connection broke may have been written all the same: who tries again must not mind.
 */
export function tellingOutages<Store extends object>(store: Store, code: ErrorCode): Store {
  const told = Object.entries(store).map(([name, method]) => {
    const call = method as (...args: readonly unknown[]) => Promise<unknown>;
    const telling = (...args: readonly unknown[]): Promise<unknown> =>
      call(...args).catch((cause: unknown) => {
        throw isOutage(cause) ? new MedleyError(code, ERROR_BOOK[code].meaning, { cause }) : cause;
      });
    return [name, telling] as const;
  });
  return Object.fromEntries(told) as Store;
}

function isOutage(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (error instanceof pg.DatabaseError) return AWAY.test(code);
  return /^E[A-Z]+$/.test(code) || LOST.test(message);
}
