import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { listen } from '../../src/runtime/listen.ts';
import { openMetrics } from '../../src/runtime/metrics.ts';
import { installationSecret } from '../../src/runtime/secret.ts';

let taken: Server;
let port: number;
beforeAll(async () => {
  taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  ({ port } = taken.address() as AddressInfo);
});
afterAll(() => {
  taken.close();
});

describe('a program that cannot listen', () => {
  it('says which setting names a port that another one has', async () => {
    const serving = listen(fastify(), { host: '127.0.0.1', port, setting: 'PORT' });
    await expect(serving).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringMatching(/^PORT is/),
    });
    const counting = openMetrics({ HOST: '127.0.0.1', MEDLEY_METRICS_PORT: port });
    await expect(counting).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringMatching(/^MEDLEY_METRICS_PORT is/),
    });
  });

  it.each(['203.0.113.7', 'no host'])('says that HOST, which is "%s", is no address of this machine', async (host) => {
    const serving = listen(fastify(), { host, port: 0, setting: 'PORT' });
    await expect(serving).rejects.toMatchObject({
      code: 'INVALID_SETTING',
      message: expect.stringContaining(`HOST is "${host}"`),
    });
  });
});

describe('a data folder that cannot be', () => {
  it('is refused with the setting that names it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medley-no-folder-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const place of [file, join(file, 'below')])
      expect(() => installationSecret(undefined, place)).toThrow(
        expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringContaining('MEDLEY_DATA_DIR is') }),
      );
    await rm(folder, { recursive: true });
  });
});
