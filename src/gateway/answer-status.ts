import type { ApolloServerPlugin, HTTPGraphQLHead } from '@apollo/server';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { ERROR_BOOK } from '../runtime/errors.ts';
import { isErrorCode } from '../runtime/graphql-errors.ts';

/** Who reads an answer, and what its HTTP status is to tell them. */
export type Readers = keyof typeof STATUSES;

const STATUSES = {
  /** When nothing was answered, why: the status of the first error in the book. */
  CLIENTS: ({ data, errors }: FormattedExecutionResult, http: HTTPGraphQLHead): void => {
    const code = errors?.[0]?.extensions?.['code'];
    const nothing = !data || Object.values(data).every((value) => value === null);
    if (nothing && isErrorCode(code)) http.status = ERROR_BOOK[code].status;
    if (code === 'UNAUTHENTICATED') http.headers.set('www-authenticate', 'Bearer');
    if (code === 'GRAPHQL_VALIDATION_FAILED') http.status = 400;
  },
  /** That there is an answer, errors of the book too: of any other status routers do not read what it says. */
  ROUTERS: ({ errors }: FormattedExecutionResult, http: HTTPGraphQLHead): void => {
    if (isErrorCode(errors?.[0]?.extensions?.['code'])) http.status = 200;
  },
} as const;

/** Each mistake is told once, and the status is what those who read it go by. */
export function statusPlugin(readers: Readers): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ response: { body, http } }) => {
          if (body.kind !== 'single') return Promise.resolve();
          const result = body.singleResult;
          if (result.errors) result.errors = once(result.errors);
          STATUSES[readers](result, http);
          return Promise.resolve();
        },
      }),
  };
}

/** One mistake is told once for each field at the top, not for every field below that it costs. */
function once(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const told = new Set<string>();
  return errors.filter(({ message, path, extensions }) => {
    if (!path) return true;
    const key = JSON.stringify([path[0], extensions?.['code'], message]);
    return !told.has(key) && told.add(key);
  });
}
