import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/** JSON lines on standard error; pictures, words of queries and connection settings are never logged. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: { service: 'medley' }, redact: ['*.authorization', '*.cookie', '*.password'] },
    pino.destination(2),
  );
}
