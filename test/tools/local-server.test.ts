import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isRunning, startServer, stopServer } from '../../tools/servers/local-server.ts';
import type { LocalServer } from '../../tools/servers/local-server.ts';
import { giveTo, ordinaryUser } from '../../tools/servers/ordinary-user.ts';
import { freePort } from '../support/free-port.ts';

/** Answers with the id of its user, once it has a child that would outlive it. */
const PROGRAM = `
  require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
  require('node:http').createServer((_, response) => response.end(String(process.getuid?.()))).listen(process.argv[1], '127.0.0.1');
`;

describe('a server for trying', () => {
  let folder: string;
  let server: LocalServer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-local-'));
    server = await serverOf(PROGRAM);
  });
  afterEach(async () => {
    await stopServer(server, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function serverOf(program: string): Promise<LocalServer> {
    const port = (await freePort()).toString();
    const url = `http://127.0.0.1:${port}`;
    return {
      name: 'a small server',
      url,
      folder,
      prepare: async () => {
        await giveTo(ordinaryUser(), [folder]);
        return { command: process.execPath, args: ['-e', program, port], env: {} };
      },
      healthy: () =>
        fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
    };
  }

  it('runs in the background as an ordinary user until it is stopped', async () => {
    await startServer(server);
    expect(await (await fetch(server.url)).text()).not.toBe('0');
    expect(await isRunning(server)).toBe(true);
    await stopServer(server);
    expect([await isRunning(server), await server.healthy()]).toEqual([false, false]);
  });

  it('is left running when it is started again', async () => {
    await startServer(server);
    const first = await readFile(join(folder, 'running.json'), 'utf8');
    await startServer(server);
    expect(await readFile(join(folder, 'running.json'), 'utf8')).toBe(first);
  });

  it('says its last words when it ends while starting', async () => {
    server = await serverOf('console.error("the disk is full"); process.exit(1)');
    await expect(startServer(server)).rejects.toThrow(/ended while starting[^]*the disk is full/);
  });

  it('does not take a place that another holds', async () => {
    await startServer(server);
    const other = { ...server, folder: await mkdtemp(join(tmpdir(), 'medley-local-')) };
    await expect(startServer(other)).rejects.toThrow(/is taken/);
    await rm(other.folder, { recursive: true });
  });
});
