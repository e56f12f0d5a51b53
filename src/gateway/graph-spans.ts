import type { ApolloServerPlugin } from '@apollo/server';
import { ERROR_BOOK } from '../runtime/errors.ts';
import { countedCode, isErrorCode } from '../runtime/graphql-errors.ts';
import { annotate, annotateError } from '../runtime/tracing.ts';
import type { RequestContext } from './request-context.ts';

/** Tells the trace of a request which operation it was and what came of it. A mistake of the client's is told, and is no error of ours. */
export function graphSpans(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ operationName, operation, response }) => {
          annotate({
            ...(operationName && { 'graphql.operation.name': operationName }),
            ...(operation && { 'graphql.operation.type': operation.operation }),
          });
          const [error] = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          if (error) tellError(error.extensions?.['code']);
          return Promise.resolve();
        },
      }),
  };
}

function tellError(code: unknown): void {
  annotateError(countedCode(code), isErrorCode(code) && ERROR_BOOK[code].status >= 500);
}
