import type { IncomingHttpHeaders } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deadlineIn } from '../vocabulary/deadline.ts';
import type { Caller } from './access/access.ts';
import { refuseOtherMethods } from './refused-methods.ts';
import type { RequestContext } from './request-context.ts';

interface ServedGraph {
  readonly url: string;
  readonly graph: ApolloServer<RequestContext>;
  readonly admit: (headers: IncomingHttpHeaders) => Promise<Caller>;
  /** Milliseconds. */
  readonly patience: number;
}

/** GraphQL over HTTP at an address: POST, and GET for queries (Apollo refuses a mutation by GET and a request that a form could send). */
export function serveGraph(app: FastifyInstance, { url, graph, admit, patience }: ServedGraph): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await admit(request.headers);
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, String(value));
    const answer = await graph.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers,
        search: new URL(request.url, 'http://medley').search,
        body: request.body,
      },
      context: () => Promise.resolve({ caller, deadline: deadlineIn(patience), gone: goneSignal(reply) }),
    });
    void reply.code(answer.status ?? 200);
    for (const [name, value] of answer.headers) void reply.header(name, value);
    return reply.send(answer.body.kind === 'complete' ? answer.body.string : '');
  };
  app.route({ method: ['GET', 'POST'], url, handler });
  refuseOtherMethods(app, {
    url,
    allowed: ['GET', 'POST'],
    how: 'GraphQL is sent by POST, or by GET for queries',
  });
}

/** A page that searches at every keystroke takes back what it asked for the one before. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) gone.abort();
  });
  return gone.signal;
}
