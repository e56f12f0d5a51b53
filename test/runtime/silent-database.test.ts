import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { tellingOutages } from '../../src/runtime/database-outage.ts';
import { openDatabase } from '../../src/runtime/database.ts';

/** Of PostgreSQL's protocol: who you are is well, and a query may come. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** A server that lets everybody in and never says another word, as one whose machine was taken away. */
describe('a database that falls silent', () => {
  let server: Server;
  let met: Socket[];
  beforeEach(async () => {
    met = [];
    server = createServer((socket) => {
      met.push(socket);
      socket.once('data', () => socket.write(WELCOME));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => new Promise((done) => server.close(done)));

  it('is given up, told as out of reach, and asked anew on another connection', async () => {
    const { port } = server.address() as AddressInfo;
    const db = openDatabase({ url: `postgres://medley@127.0.0.1:${String(port)}/medley`, silence: 200 });
    const store = tellingOutages({ ask: () => sql`select 1`.execute(db) }, 'USER_PROFILE_UNAVAILABLE');
    for (const times of [1, 2]) {
      await expect(store.ask()).rejects.toMatchObject({ code: 'USER_PROFILE_UNAVAILABLE' });
      expect(met).toHaveLength(times);
    }
    await db.destroy();
  });
});
