import { pino } from 'pino';
import type { Logger } from 'pino';
import { traceFields } from './tracing.ts';

export type { Logger };

/** JSON lines on standard error, with the trace that they belong to; pictures, words of queries and connection settings are never logged. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: { service: 'medley' }, redact: ['*.authorization', '*.cookie', '*.password'], mixin: traceFields },
    pino.destination(2),
  );
}
