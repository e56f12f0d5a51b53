import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { openPeer } from '../../src/runtime/peer.ts';
import type { Peer, Sending } from '../../src/runtime/peer.ts';
import { DeadlineExceeded } from '../../src/runtime/within-deadline.ts';
import { deadlineIn } from '../../src/vocabulary/deadline.ts';
import { openBalancer } from '../support/balancer.ts';
import type { Balancer } from '../support/balancer.ts';
import { freePort } from '../support/free-port.ts';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A replica that answers its name, or hangs up on whoever asks. */
async function replica(name: string, hangsUp = false): Promise<{ port: number; asked: () => number }> {
  let asked = 0;
  const app: FastifyInstance = fastify({ forceCloseConnections: true });
  app.post('/ask', async (request, reply) => {
    asked++;
    if (!hangsUp) return JSON.stringify(name);
    reply.hijack();
    request.raw.socket.destroy();
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  open.push(app);
  return { port: Number(new URL(app.listeningOrigin).port), asked: () => asked };
}

async function peerOf(...ports: readonly number[]): Promise<Peer> {
  const balancer: Balancer = await openBalancer(ports);
  const peer = openPeer(balancer.url, 'a secret of sixteen characters');
  open.push(balancer, peer);
  return peer;
}

const sending = (repeatable: boolean): Sending => ({ deadline: deadlineIn(10_000), repeatable });

describe('a program of several processes', () => {
  it('that has lost one still answers what changes nothing', async () => {
    const [dying, healthy] = [await replica('dying', true), await replica('healthy')];
    const peer = await peerOf(dying.port, healthy.port);
    const answers = await Promise.all(Array.from({ length: 4 }, () => peer.post('/ask', '{}', sending(true))));
    expect(answers).toEqual(Array(4).fill('"healthy"'));
    expect(dying.asked()).toBeGreaterThan(0);
  });

  it('is not asked twice for what would then be done twice', async () => {
    const dying = await replica('dying', true);
    const peer = await peerOf(dying.port);
    await expect(peer.post('/ask', '{}', sending(false))).rejects.toThrow();
    expect(dying.asked()).toBe(1);
  });

  it('that finds before its caller that the time is up is late, and not away', async () => {
    const app = fastify({ forceCloseConnections: true });
    app.post('/ask', (_, reply) => reply.code(504).send());
    await app.listen({ host: '127.0.0.1', port: 0 });
    open.push(app);
    const peer = await peerOf(Number(new URL(app.listeningOrigin).port));
    await expect(peer.post('/ask', '{}', sending(false))).rejects.toThrow(DeadlineExceeded);
  });

  it('is found where one of them does not listen any more', async () => {
    const healthy = await replica('healthy');
    const peer = await peerOf(await freePort(), healthy.port);
    expect(await peer.post('/ask', '{}', sending(false))).toBe('"healthy"');
  });

  it('shares the questions out among all of them', async () => {
    const [one, other] = [await replica('one'), await replica('other')];
    const peer = await peerOf(one.port, other.port);
    for (let n = 0; n < 10; n++)
      await Promise.all(Array.from({ length: 4 }, () => peer.post('/ask', '{}', sending(true))));
    expect(one.asked() + other.asked()).toBe(40);
    expect(Math.min(one.asked(), other.asked())).toBeGreaterThan(10);
  });
});
