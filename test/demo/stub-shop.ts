import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { extname, join } from 'node:path';

import { ensureStorefront } from '../../demo/build-storefront.ts';
import { demoItems, type DemoItem } from '../../demo/catalogue/catalogue.ts';
import { stubAnswer, type StubRequest } from './stub-answers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The storefront before a stand-in for Medley, to look at its pages without models or an index. Listens on the port given. */
export async function openStubShop(port: number, count = 600): Promise<Server> {
  const dist = await ensureStorefront();
  const drawn = [...demoItems(count)];
  const pictures = new Map(drawn.map(({ item, picture }) => [item.id, picture]));
  const items: readonly DemoItem[] = drawn.map(({ item }) => item);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://stub').pathname;
    void answer(path, request).then(({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body));
  });
  async function answer(
    path: string,
    request: IncomingMessage,
  ): Promise<{ readonly type: string; readonly body: string | Buffer }> {
    if (path === '/graphql')
      return {
        type: 'application/json',
        body: JSON.stringify(stubAnswer(items, JSON.parse(await bodyOf(request)) as StubRequest)),
      };
    if (path === '/images') return { type: 'application/json', body: JSON.stringify({ id: 'uploaded' }) };
    if (path.startsWith('/pictures/')) return { type: 'image/svg+xml', body: pictures.get(path.slice(10)) ?? '' };
    const file = extname(path) in TYPES ? path : '/index.html';
    return { type: TYPES[extname(file)] ?? 'text/plain', body: await readFile(join(dist, file)) };
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

if (import.meta.main) await openStubShop(Number(process.argv[2] ?? 4199));
