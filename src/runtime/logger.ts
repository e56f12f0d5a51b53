import { pino } from 'pino';
import type { Logger } from 'pino';
import { requestFields } from './request-id.ts';
import { openStandardError } from './standard-error.ts';
import { traceFields } from './tracing.ts';

export type { Logger };

let opened: ReturnType<typeof openStandardError> | undefined;

/** JSON lines on standard error, with the request and the trace that they belong to; pictures, words of queries and connection settings are never logged. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: { service: 'medley' },
      redact: ['*.authorization', '*.cookie', '*.password'],
      mixin: () => ({ ...requestFields(), ...traceFields() }),
    },
    (opened ??= openStandardError()),
  );
}
