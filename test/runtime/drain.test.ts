import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { drainOnClose, isDraining, takeLeave } from '../../src/runtime/drain.ts';

let app: FastifyInstance;
let arrived: PromiseWithResolvers<unknown>;
let answered: PromiseWithResolvers<string>;
const sockets: Socket[] = [];

beforeEach(async () => {
  [arrived, answered] = [Promise.withResolvers(), Promise.withResolvers()];
  app = fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  drainOnClose(app, 1);
  app.addHook('onRequest', (_, __, done) => {
    arrived.resolve(undefined);
    done();
  });
  app.post('/', () => answered.promise);
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
});

const HEAD = 'POST / HTTP/1.1\r\nhost: medley\r\ncontent-type: text/plain\r\n';

/** A client that has sent so much; resolves to the server's end of its connection. */
async function client(sent: string): Promise<{ readonly socket: Socket; readonly heard: () => string }> {
  const accepted = once(app.server, 'connection') as Promise<[Socket]>;
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let heard = '';
  socket.on('data', (bytes) => (heard += bytes.toString())).on('error', () => undefined);
  sockets.push(socket);
  const [other] = await accepted;
  const read = once(other, 'data');
  socket.write(sent);
  await read;
  return { socket, heard: () => heard };
}

describe('a server that closes', () => {
  it('cuts off who sends a body slowly', async () => {
    await client(`${HEAD}content-length: 1000000\r\n\r\nx`);
    await arrived.promise;
    await app.close();
    expect(app.server.listening).toBe(false);
  });

  it('cuts off who has not even sent a whole head', async () => {
    await client(HEAD);
    await app.close();
    expect(app.server.listening).toBe(false);
  });

  it('answers what came whole, however long that takes', async () => {
    const patient = await client(`${HEAD}content-length: 1\r\n\r\nx`);
    const slow = await client(`${HEAD}content-length: 1000000\r\n\r\nx`);
    await arrived.promise;
    const closing = app.close();
    await once(slow.socket, 'close');
    const ended = once(patient.socket, 'close');
    answered.resolve('here it is');
    await Promise.all([closing, ended]);
    expect(patient.heard()).toContain('here it is');
  });
});

describe('a server that takes its leave', () => {
  const WHOLE = `${HEAD}content-length: 1\r\n\r\nx`;

  it('answers once more who keeps a connection open, and says that it ends', async () => {
    const { socket, heard } = await client(WHOLE);
    answered.resolve('here it is');
    await once(socket, 'data');
    expect(heard()).toContain('Connection: keep-alive');
    const [left, ended] = [takeLeave(app, 60_000), once(socket, 'close')];
    expect(isDraining(app)).toBe(true);
    socket.write(WHOLE);
    await Promise.all([left, ended]);
    expect(heard()).toMatch(/connection: close\r\n[^]*here it is$/);
    await app.close();
  });

  it('waits for nobody where no connection is open, and not for ever where one is at rest', async () => {
    await takeLeave(app, 60_000);
    await client(HEAD);
    await takeLeave(app, 1);
    await app.close();
    expect(app.server.listening).toBe(false);
  });
});
