import pg from 'pg';
import { DatabaseFell } from './database-fell.ts';
import { ERROR_BOOK, MedleyError } from './errors.ts';
import type { ErrorCode } from './errors.ts';

/** SQLSTATE classes of a server that cannot answer now: its connections, its resources, its going down or coming up, its disk. */
const AWAY = /^(08|53|57P|58)/;
/** What PostgreSQL says where the system does not let it write its own files, as on a disk that turned read-only. */
const NOT_ALLOWED = '42501';
const UNWRITTEN = /^could not (open|create|write|extend|access|fsync) (file|directory)/;
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
  if (error instanceof pg.DatabaseError) return AWAY.test(code) || (code === NOT_ALLOWED && UNWRITTEN.test(message));
  if (error instanceof DatabaseFell) return true;
  return /^E[A-Z]+$/.test(code) || LOST.test(message);
}

/** Why a server cannot be talked to, by SQLSTATE class or by what the system says of the connection. */
const UNREACHED: readonly (readonly [code: RegExp, reason: string])[] = [
  [/^28/, 'it refuses the user or the password'],
  [/^3D/, 'it has no database of this name'],
  [/^(08|53|57P)/, 'it does not take connections now'],
  [/^(ENOTFOUND|EAI_)/, 'its host name is unknown'],
  [/^E(CONN|TIMEDOUT|HOST|NET|PIPE)/, 'nothing answers there'],
];

/**
 * What the first words with a database come to. Throws INVALID_SETTING, without address, user or password, where the server
 * that MEDLEY_DATABASE_URL names cannot be talked to: an operator can mend that, and a stack would not say how.
 */
export async function firstWords<T>(words: Promise<T>): Promise<T> {
  return words.catch((cause: unknown) => {
    const { code = '', message = '' } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
    const reason = UNREACHED.find(([pattern]) => pattern.test(code))?.[1] ?? (LOST.test(message) && 'nothing answers');
    if (!reason) throw cause;
    throw new MedleyError(
      'INVALID_SETTING',
      `The PostgreSQL server that MEDLEY_DATABASE_URL names cannot be used: ${reason}. Start it, or correct the setting.`,
      { cause },
    );
  });
}
