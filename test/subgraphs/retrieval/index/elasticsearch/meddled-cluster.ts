import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way to the cluster. */
export interface Passing {
  /** Method and path, as in `POST /_aliases`. */
  readonly what: string;
  readonly body: string;
  /** Sends it on and resolves to the answer; once only, however often it is called. */
  readonly send: () => Promise<PassedAnswer>;
}

export interface PassedAnswer {
  readonly status: number;
  readonly body: string;
}

/** Resolves to the answer to be given; to undefined for the cluster's own. */
export type Meddling = (passing: Passing) => Promise<PassedAnswer | undefined> | undefined;

export interface MeddledCluster {
  readonly nodes: readonly string[];
  /** What is done with requests from now on; nothing before the first call. */
  meddle(meddling: Meddling): void;
  close(): Promise<void>;
}

export const REFUSED: PassedAnswer = {
  status: 500,
  body: '{"error":{"type":"meddled","reason":"as told"},"status":500}',
};

/** A way to a cluster on which requests may be held up, or answered otherwise than the cluster would. */
export async function meddledCluster([node = '']: readonly string[]): Promise<MeddledCluster> {
  let meddling: Meddling = () => undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const [body, { method = 'GET', url = '/', headers }] = [await read(request), request];
      let answer: Promise<PassedAnswer> | undefined;
      const send = () => (answer ??= sent(new URL(url, node), { method, headers, body }));
      const what = `${method} ${decodeURIComponent(url.split('?')[0] ?? '')}`;
      const given = (await meddling({ what, body, send })) ?? (await send());
      response.writeHead(given.status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      response.end(given.body);
    })().catch(() => request.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    nodes: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    meddle: (next) => {
      meddling = next;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}

async function sent(
  url: URL,
  { method, headers, body }: { readonly method: string; readonly headers: IncomingHttpHeaders; readonly body: string },
): Promise<PassedAnswer> {
  const type = headers['content-type'];
  const answer = await fetch(url, {
    method,
    headers: { accept: headers.accept ?? '*/*', ...(type !== undefined && { 'content-type': type }) },
    ...(body !== '' && { body }),
  });
  return { status: answer.status, body: method === 'HEAD' ? '' : await answer.text() };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
