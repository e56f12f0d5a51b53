import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import { LOOPBACK_TLS } from '../../../../support/loopback-certificate/tls-files.ts';

export interface StubAnswer {
  readonly status?: number;
  readonly body?: unknown;
  /** Milliseconds before it comes. */
  readonly after?: number;
}

/** Something that answers as Elasticsearch would, by the method and path of what is asked; 404 for the rest. */
export interface StubCluster {
  readonly url: string;
  /** Methods and paths, in order. */
  readonly asked: readonly string[];
  /** The bodies sent to a method and path. */
  bodies(of: string): readonly string[];
  /** The headers sent with them. */
  headers(of: string): readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

export type StubAnswers = Readonly<Record<string, StubAnswer | ((body: string, time: number) => StubAnswer)>>;

export const HEALTHY: StubAnswers = {
  'GET /': { body: { version: { number: '9.4.3' } } },
  'GET /_license': { body: { license: { status: 'active', type: 'basic' } } },
  'PUT /medley-notes': { body: { acknowledged: true } },
  'POST /medley-notes/_search': { body: { hits: { hits: [] }, _shards: { failed: 0 } } },
  'GET /_alias/medley,medley-previous': { status: 404, body: { error: 'alias [medley] missing', status: 404 } },
};

export async function openStubCluster(answers: StubAnswers, { tls = false } = {}): Promise<StubCluster> {
  const asked: { readonly what: string; readonly body: string; readonly headers: IncomingHttpHeaders }[] = [];
  const answering: RequestListener = (request, response) => {
    void read(request).then((body) => {
      const what = `${request.method ?? ''} ${decodeURIComponent((request.url ?? '').split('?')[0] ?? '')}`;
      const answer = answers[what] ?? { status: 404, body: { error: { type: 'stub' } } };
      const time = asked.filter((one) => one.what === what).length;
      asked.push({ what, body, headers: request.headers });
      const { status = 200, body: told = {}, after = 0 } = typeof answer === 'function' ? answer(body, time) : answer;
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
        response.end(JSON.stringify(told));
      }, after).unref();
    });
  };
  const server = tls ? createTlsServer(LOOPBACK_TLS, answering) : createServer(answering);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked.map(({ what }) => what);
    },
    bodies: (of) => asked.filter(({ what }) => what === of).map(({ body }) => body),
    headers: (of) => asked.filter(({ what }) => what === of).map(({ headers }) => headers),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
