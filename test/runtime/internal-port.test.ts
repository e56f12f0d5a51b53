import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { underDeadline } from '../../src/runtime/current-deadline.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { remotePort, servePort } from '../../src/runtime/internal-port.ts';
import { openPeer } from '../../src/runtime/peer.ts';
import type { Peer } from '../../src/runtime/peer.ts';
import { admitPeers } from '../../src/runtime/peer-headers.ts';
import { deadlineIn } from '../../src/vocabulary/deadline.ts';

interface Larder {
  keep(jar: Jar): Promise<Jar>;
  find(name: string): Promise<Jar | undefined>;
  eat(): Promise<never>;
  drop(): Promise<never>;
  wait(): Promise<never>;
}

interface Jar {
  readonly label: string;
  readonly bytes?: Uint8Array;
  readonly vector?: Float32Array;
}

const LARDER: Larder = {
  keep: (jar) => Promise.resolve(jar),
  find: () => Promise.resolve(undefined),
  eat: () => Promise.reject(new MedleyError('UNKNOWN_IMAGE', 'There is no such jar.')),
  drop: () => Promise.reject(new Error('shards at /work/larder.ts:12')),
  wait: () => new Promise(() => undefined),
};
const METHODS = ['keep', 'find', 'eat', 'drop', 'wait'] as const;
const SECRET = 'a secret of sixteen characters';

const app = fastify();
const peers: Peer[] = [];
let url: string;

beforeAll(async () => {
  admitPeers(app, SECRET);
  servePort(app, { name: 'larder', port: LARDER, methods: METHODS });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.close()));
  await app.close();
});

function larder({ to = url, secret = SECRET, patience = 5000 } = {}): Larder {
  const peer = openPeer(to, secret);
  peers.push(peer);
  return remotePort<Larder>({
    peer,
    name: 'larder',
    methods: METHODS,
    patience,
    unavailable: 'QUERY_EMBEDDING_UNAVAILABLE',
  });
}

describe('a port between two processes', () => {
  it('carries floats and bytes as they are, wherever in a buffer they begin', async () => {
    const floats = Float32Array.of(0, 1.5, -2.25, 1e-30);
    const jar = { label: 'plum', bytes: Buffer.from('xyz\u0000').subarray(1), vector: floats.subarray(1) };
    const kept = await larder().keep(jar);
    expect(kept.vector).toEqual(Float32Array.of(1.5, -2.25, 1e-30));
    expect(kept.bytes).toEqual(Uint8Array.of(0x79, 0x7a, 0));
    expect(kept.bytes).not.toBeInstanceOf(Buffer);
  });

  it('carries a picture of 20 MB', async () => {
    const bytes = new Uint8Array(20_000_000).fill(7);
    const kept = await larder({ patience: 60_000 }).keep({ label: 'large', bytes });
    expect(kept.bytes?.byteLength).toBe(20_000_000);
  });

  it('carries what is not there', async () => {
    expect(await larder().find('quince')).toBeUndefined();
  });

  it('throws what the port throws, and says nothing of what failed inside', async () => {
    await expect(larder().eat()).rejects.toMatchObject({ code: 'UNKNOWN_IMAGE', message: 'There is no such jar.' });
    const dropped = larder().drop();
    await expect(dropped).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(dropped).rejects.not.toMatchObject({ message: expect.stringContaining('shards') as unknown });
  });

  it('refuses who does not know the secret', async () => {
    await expect(larder({ secret: 'another secret of such length' }).find('plum')).rejects.toMatchObject({
      code: 'QUERY_EMBEDDING_UNAVAILABLE',
    });
    const answers = await Promise.all(
      [{}, { 'x-medley-secret': '' }, { 'x-medley-secret': `${SECRET}!` }].map((headers) =>
        app.inject({ method: 'POST', url: '/internal/larder/find', headers, payload: ['plum'] }),
      ),
    );
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(Array(3).fill([401, '']));
  });

  it('says what cannot be reached when nobody answers, and when the answer takes too long', async () => {
    const unavailable = {
      code: 'QUERY_EMBEDDING_UNAVAILABLE',
      message: 'The query-embedding subgraph cannot be reached, or is late.',
    };
    await expect(larder({ to: 'http://127.0.0.1:1' }).find('plum')).rejects.toMatchObject(unavailable);
    await expect(larder({ patience: 50 }).wait()).rejects.toMatchObject(unavailable);
  });

  it('waits no longer than the request does that a call belongs to', async () => {
    const waiting = underDeadline(deadlineIn(50), () => larder({ patience: 600_000 }).wait());
    await expect(waiting).rejects.toMatchObject({ code: 'QUERY_EMBEDDING_UNAVAILABLE' });
  });
});
