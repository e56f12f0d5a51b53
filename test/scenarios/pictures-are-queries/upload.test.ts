import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { noisyPicture } from '../../inference/pictures.ts';
import { paint } from '../../support/corner-shop.ts';
import { secretsIn } from '../../support/no-secrets.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ items: 0 });
});
afterAll(() => shop.close());

async function upload(
  body: Uint8Array | string,
  type = 'image/jpeg',
): Promise<readonly [status: number, code: string]> {
  const { status, text } = await shop.send('/images', {
    method: 'POST',
    headers: { 'content-type': type },
    body: Buffer.from(body),
  });
  const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return [status, errors?.[0]?.extensions.code ?? ''];
}

const onDisk = (): Promise<readonly string[]> => readdir(join(shop.dataFolder, 'uploads'));

/** Fifty megapixels of one colour: a file of a few kilobytes. */
function fiftyMegapixels(): Promise<Uint8Array> {
  return sharp({ create: { width: 10_000, height: 5000, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
}

describe('an upload that is no picture to be used', () => {
  it.each<[what: string, status: number, code: string, made: () => Promise<Uint8Array> | Uint8Array, type?: string]>([
    ['a text', 422, 'IMAGE_UNREADABLE', () => Buffer.from('no picture at all')],
    ['a page', 422, 'IMAGE_UNREADABLE', () => Buffer.from('<html><script>alert(1)</script></html>')],
    ['a drawing in SVG', 422, 'IMAGE_UNREADABLE', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a picture cut in the middle', 422, 'IMAGE_UNREADABLE', async () => (await noisyPicture()).slice(0, 5000)],
    ['the head of a picture', 422, 'IMAGE_UNREADABLE', async () => (await noisyPicture()).slice(0, 30)],
    ['fifty megapixels in a small file', 413, 'IMAGE_TOO_LARGE', fiftyMegapixels, 'image/png'],
    ['21 MB', 413, 'IMAGE_TOO_LARGE', () => new Uint8Array(21_000_000)],
    ['nothing', 422, 'IMAGE_UNREADABLE', () => new Uint8Array()],
    ['JSON', 415, 'WRONG_CONTENT_TYPE', () => Buffer.from('{}'), 'application/json'],
    ['a form', 415, 'WRONG_CONTENT_TYPE', () => paint('mug', 'red'), 'multipart/form-data; boundary=x'],
    ['a text type', 415, 'WRONG_CONTENT_TYPE', () => paint('mug', 'red'), 'text/plain'],
  ])('is refused: %s with %d %s, and nothing is left on disk', async (...[, status, code, made, type]) => {
    expect(await upload(await made(), type)).toEqual([status, code]);
    expect(await onDisk()).toEqual([]);
  });

  it('is refused while it is still coming, when it is larger than the limit and does not say so', async () => {
    const { status, sent } = await endlessUpload(shop.url);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(40_000_000);
    expect(await onDisk()).toEqual([]);
  });

  it('is refused before it comes, when it says that it is larger than the limit', async () => {
    const { status, sent } = await endlessUpload(shop.url, { 'content-length': '5000000000' });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(5_000_000);
  });

  it('can be asked for by nobody: POST is all there is', async () => {
    expect((await shop.send('/images')).status).toBe(405);
    expect((await shop.send('/images/abc')).status).toBe(404);
  });
});

describe('an upload', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const)('takes %s', async (format) => {
    const bytes = await sharp(await paint('bag', 'green'))
      .toFormat(format)
      .toBuffer();
    expect(await upload(bytes, `image/${format}`)).toEqual([201, '']);
  });

  it('answers the same id for the same bytes, whatever type they are said to be, and keeps them once', async () => {
    const picture = await paint('chair', 'blue');
    const before = (await onDisk()).length;
    const ids = await Promise.all([1, 2, 3].map(() => shop.upload(picture)));
    expect(new Set(ids).size).toBe(1);
    expect(await upload(picture, 'application/octet-stream')).toEqual([201, '']);
    expect(await onDisk()).toHaveLength(before + 1);
  });
});

/** Sends zeros until an answer comes; how many bytes went before it did. */
function endlessUpload(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly sent: number }> {
  return new Promise((done, failed) => {
    let sent = 0;
    let answered = false;
    const chunk = Buffer.alloc(65_536);
    const upload = request(new URL('/images', url), {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg', ...headers },
    });
    const send = (): void => {
      while (!answered && sent < 100_000_000) {
        sent += chunk.length;
        if (!upload.write(chunk)) {
          upload.once('drain', send);
          return;
        }
      }
    };
    upload.on('response', (response) => {
      answered = true;
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => {
        expect(secretsIn(text)).toEqual([]);
        upload.destroy();
        done({ status: response.statusCode ?? 0, sent });
      });
    });
    upload.on('error', (error) => {
      if (!answered) failed(error);
    });
    send();
  });
}
