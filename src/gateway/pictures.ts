import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pictureFile } from '../runtime/catalogue-pictures.ts';
import { MedleyError } from '../runtime/errors.ts';
import { isKeptName, KEPT_PATH } from '../runtime/kept-picture.ts';
import type { Access } from './access/access.ts';
import { LARGEST, NO_PICTURE } from './http-errors.ts';
import { remembered } from './kept-pictures.ts';
import type { KeptPictures } from './kept-pictures.ts';
import { refuseOtherMethods } from './refused-methods.ts';

/** What /images stands on: keeps an uploaded picture and answers its id. Throws IMAGE_UNREADABLE or IMAGE_TOO_LARGE. */
export interface Uploads {
  put(picture: Uint8Array): Promise<string>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
};

/** POST /images takes a picture as the body and answers `{ "id": ... }`, which a query names as imageId. */
export async function serveUploads(app: FastifyInstance, uploads: Uploads, access: Access): Promise<void> {
  await app.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    const read = { parseAs: 'buffer', bodyLimit: LARGEST.picture } as const;
    scope.addContentTypeParser(/^image\/|^application\/octet-stream/, read, (_asked, body, parsed) => {
      parsed(null, body);
    });
    scope.post('/images', async (request, reply) => {
      await access.admit(request.headers);
      if (!(request.body instanceof Buffer)) throw new MedleyError('WRONG_CONTENT_TYPE', NO_PICTURE);
      return reply.code(201).send({ id: await uploads.put(request.body) });
    });
    refuseOtherMethods(scope, { url: '/images', allowed: ['POST'], how: 'A picture is sent to this address by POST' });
    done();
  });
}

/** GET /pictures/<catalogue>/<name>: a catalogue's pictures, from the folder it was indexed from and nowhere else. */
export function servePictures(app: FastifyInstance, folderOf: (catalogue: string) => string | undefined): void {
  app.get<{ Params: { catalogue: string; '*': string } }>(
    '/pictures/:catalogue/*',
    async ({ params, headers }, reply) => {
      const root = folderOf(params.catalogue);
      const type = typeOf(params['*']);
      const file = root && type ? await pictureFile(root, params['*']) : undefined;
      if (!file || !type) throw noPicture();
      const tag = await tagOf(file);
      void reply.header('cache-control', 'public, max-age=3600').header('etag', tag);
      if (headers['if-none-match']?.includes(tag)) return reply.code(304).send();
      return reply.type(type).send(createReadStream(file));
    },
  );
}

/** What tells a browser after the hour that it has the picture still: another one of the same name is of another time or size. */
async function tagOf(file: string): Promise<string> {
  const { mtimeMs, size } = await stat(file);
  return `W/"${Math.trunc(mtimeMs).toString(36)}-${size.toString(36)}"`;
}

/** A year, the longest that caches are asked for: a name never stands for another picture. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** GET /pictures/~kept/<name>: what came with an item as an upload, wherever that is kept. */
export function serveKeptPictures(app: FastifyInstance, pictures: KeptPictures): void {
  const kept = remembered(pictures);
  app.get<{ Params: { name: string } }>(`${KEPT_PATH}:name`, async ({ params: { name } }, reply) => {
    const type = typeOf(name);
    if (!type || !isKeptName(name)) throw noPicture();
    const bytes = await kept.get(name);
    return reply.type(type).header('cache-control', FOR_GOOD).send(bytes);
  });
}

function typeOf(name: string): string | undefined {
  return TYPES[extname(name).toLowerCase()];
}

function noPicture(): MedleyError {
  return new MedleyError('UNKNOWN_IMAGE', 'No item has a picture with this name.');
}
