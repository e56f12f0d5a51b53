import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { ERROR_BOOK, foreseen, GRAPHQL_ERRORS } from './errors.ts';
import type { ErrorCode } from './errors.ts';
import type { Logger } from './logger.ts';

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_BOOK, code);
}

/** The code under which an error that a client was told is counted and traced. */
export function countedCode(code: unknown): string {
  return isErrorCode(code) || isOfGraphql(code) ? code : 'REFUSED';
}

function isOfGraphql(code: unknown): code is string {
  return typeof code === 'string' && Object.hasOwn(GRAPHQL_ERRORS, code);
}

/** What a subgraph says of an error: its code and message when it is of the error book, INTERNAL and a line in the log otherwise. */
export function subgraphError(error: GraphQLError, log: Logger): GraphQLFormattedError {
  const { originalError } = error;
  const known = foreseen(originalError);
  if (known) {
    if (known.code === 'INTERNAL') log.error({ err: originalError }, 'a resolver failed');
    return { message: known.message, path: error.path, extensions: { code: known.code } };
  }
  if (!originalError) return { message: error.message, extensions: { code: 'INVALID_INPUT' } };
  log.error({ err: originalError }, 'a resolver failed');
  return { message: ERROR_BOOK.INTERNAL.meaning, path: error.path, extensions: { code: 'INTERNAL' } };
}
