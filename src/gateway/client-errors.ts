import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_BOOK } from '../runtime/errors.ts';
import { isErrorCode } from '../runtime/graphql-errors.ts';
import type { Logger } from '../runtime/logger.ts';

/** Codes of GraphQL itself, whose messages speak of the client's own document only. */
const GRAPHQL_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** Fields that no client may know of; a path through one is cut away. */
const HIDDEN = new Set(['request', 'encoding', 'viewer', '_entities']);

/** Errors to clients are rebuilt from the error book, never copied: no stack, no host, no hidden field. */
export function clientError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  const shown = formatted.path?.some((step) => HIDDEN.has(String(step))) ? {} : { path: formatted.path };
  if (isErrorCode(code) && code !== 'INTERNAL') return { message: formatted.message, ...shown, extensions: { code } };
  if (typeof code === 'string' && GRAPHQL_CODES.has(code))
    return { message: formatted.message, locations: formatted.locations, extensions: { code } };
  log.error({ err: error }, 'a request failed');
  return { message: ERROR_BOOK.INTERNAL.meaning, ...shown, extensions: { code: 'INTERNAL' } };
}

/** When nothing was answered, the HTTP status says why: that of the first error in the book. */
export function statusPlugin(): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ response }) => {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { data, errors } = response.body.singleResult;
          const code = errors?.[0]?.extensions?.['code'];
          const nothing = !data || Object.values(data).every((value) => value === null);
          if (nothing && isErrorCode(code)) response.http.status = ERROR_BOOK[code].status;
          if (code === 'UNAUTHENTICATED') response.http.headers.set('www-authenticate', 'Bearer');
          return Promise.resolve();
        },
      }),
  };
}
