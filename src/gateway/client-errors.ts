import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_BOOK, GRAPHQL_ERRORS } from '../runtime/errors.ts';
import { isErrorCode } from '../runtime/graphql-errors.ts';
import type { Logger } from '../runtime/logger.ts';

/** Codes of GraphQL itself, whose messages speak of the client's own document only. */
const GRAPHQL_CODES: ReadonlySet<string> = new Set(Object.keys(GRAPHQL_ERRORS));

/** Fields that no client may know of; a path through one is cut away. */
const HIDDEN = new Set(['request', 'encoding', 'viewer', '_entities']);

/** Errors to clients are rebuilt from the error book, never copied: no stack, no host, no hidden field. */
export function clientError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  const shown = formatted.path?.some((step) => HIDDEN.has(String(step))) ? {} : { path: formatted.path };
  if (isErrorCode(code) && code !== 'INTERNAL') return { message: formatted.message, ...shown, extensions: { code } };
  if (typeof code === 'string' && GRAPHQL_CODES.has(code))
    return { message: readable(formatted.message), locations: formatted.locations, extensions: { code } };
  if (code === 'INVALID_GRAPHQL')
    return { message: formatted.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
  if (isMistake(error)) return { message: formatted.message, extensions: { code: 'BAD_REQUEST' } };
  log.error({ err: error }, 'a request failed');
  return { message: ERROR_BOOK.INTERNAL.meaning, ...shown, extensions: { code: 'INTERNAL' } };
}

/** A document within its tokens may yet be too much for parser and validation, whose own words for it help nobody. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'Maximum call stack size exceeded': 'The document is nested too deep to be read.',
  'Validation aborted.':
    'The document names the same fields so often that it cannot be checked. Name each once, or send several operations.',
};

function readable(message: string): string {
  return UNREADABLE[message] ?? message;
}

/** What Apollo refuses without a code of its own, as a persisted query under a wrong hash. */
function isMistake(error: unknown): boolean {
  const http = error instanceof GraphQLError ? (error.extensions['http'] as { readonly status?: number }) : undefined;
  return http?.status === 400;
}
