import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pictureFetcher } from '../../src/runtime/picture-fetch.ts';
import { isPublicAddress } from '../../src/runtime/public-address.ts';

const PICTURE = Buffer.alloc(5000, 7);

describe('fetching a picture by its URL', () => {
  let server: Server;
  let port: number;
  let asked: string[] = [];
  const inside = pictureFetcher({ reach: 'any', maxBytes: 100_000, timeout: 30_000 });
  const impatient = pictureFetcher({ reach: 'any', maxBytes: 100_000, timeout: 300 });
  const outside = pictureFetcher({ reach: 'public', maxBytes: 100_000, timeout: 30_000 });
  const url = (path: string): string => `http://localhost:${port}${path}`;

  beforeAll(async () => {
    server = createServer(({ url: path = '/' }, response) => {
      asked.push(path);
      const hop = /^\/hop\/(\d+)$/.exec(path)?.[1];
      if (hop === '0' || path === '/picture') response.end(PICTURE);
      else if (hop !== undefined) response.writeHead(302, { location: `/hop/${Number(hop) - 1}` }).end();
      else if (path === '/to-file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (path === '/large') response.end(Buffer.alloc(200_000));
      else if (path === '/large-unannounced') response.write(Buffer.alloc(200_000), () => response.end());
      else if (path !== '/slow') response.writeHead(404).end('nothing here');
    });
    await new Promise<void>((resolve) => server.listen(0, () => resolve()));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await Promise.all([inside, impatient, outside].map((fetcher) => fetcher.close()));
    server.closeAllConnections();
    server.close();
  });

  it('brings the bytes, over a few redirects', async () => {
    await expect(inside.fetch(url('/picture'))).resolves.toHaveLength(PICTURE.length);
    await expect(inside.fetch(url('/hop/3'))).resolves.toHaveLength(PICTURE.length);
  });

  it.each([
    ['a fourth redirect', '/hop/4', 'redirects more than 3 times'],
    ['a redirect to a file', '/to-file', 'http or https'],
    ['a page that is not there', '/nowhere', 'answered 404'],
    ['a server that does not answer', '/slow', 'too long'],
    ['too many bytes', '/large', 'more than 0.1 MB'],
    ['too many bytes that were not announced', '/large-unannounced', 'more than 0.1 MB'],
  ])('gives up on %s', async (_, path, reason) => {
    const fetcher = path === '/slow' ? impatient : inside;
    await expect(fetcher.fetch(url(path))).rejects.toMatchObject({
      code: path.startsWith('/large') ? 'IMAGE_TOO_LARGE' : 'IMAGE_UNREACHABLE',
      message: expect.stringContaining(reason),
    });
  });

  it('never asks an address of its own network, however it is written', async () => {
    asked = [];
    const hosts = [
      'localhost',
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0.0.0.0',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
    ];
    for (const host of hosts)
      await expect(outside.fetch(`http://${host}:${port}/picture`)).rejects.toMatchObject({
        code: 'IMAGE_UNREACHABLE',
        message: 'The picture at the URL could not be fetched: the address is not allowed.',
      });
    expect(asked).toEqual([]);
  });

  it.each([
    'ftp://example.com/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    '/relative.png',
    '',
    'http://user:secret@example.com/',
  ])('refuses the URL %p', async (bad) => {
    await expect(inside.fetch(bad)).rejects.toMatchObject({ code: 'IMAGE_UNREACHABLE' });
  });

  it('fetches nothing where that is switched off', async () => {
    const off = pictureFetcher({ reach: 'none', maxBytes: 1, timeout: 100 });
    await expect(off.fetch('http://example.com/a.png')).rejects.toThrow('upload the picture instead');
    await off.close();
  });
});

describe('a public address', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...[
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      'fe80::1',
      'fe80::1%eth0',
      'fd00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      'not an address',
    ],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
