import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { METRICS } from '../../src/runtime/metrics.ts';
import { SessionPool } from '../../src/inference/session-pool.ts';
import type { Tensors } from '../../src/inference/session-messages.ts';

const script = new URL('dying.worker.ts', import.meta.url);
const number = (x: number): Tensors => ({ x: { type: 'float32', data: new Float32Array([x]), dims: [1] } });

describe('the session pool', () => {
  let folder: string;
  let pool: SessionPool;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'medley-pool-'));
    pool = await SessionPool.open(join(folder, 'died'), { workers: 2, script });
  });
  afterEach(async () => {
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  it('answers a batch although the thread under it died', async () => {
    const answers = await Promise.all([1, 13, 2, 3].map((x) => pool.run(number(x))));
    expect(answers.map(({ x }) => x?.data[0])).toEqual([1, 13, 2, 3]);
  });

  it('gives up a batch that kills every thread, and goes on with the others', async () => {
    await expect(pool.run(number(14))).rejects.toThrow('ended under the batch');
    const answers = await Promise.all([1, 2, 3, 4].map((x) => pool.run(number(x))));
    expect(answers.map(({ x }) => x?.data[0])).toEqual([1, 2, 3, 4]);
  });

  it('has as many threads again once they can start, and tells in its metrics how many it lacks until then', async () => {
    const missing = async () => /medley_encoder_missing\{model="(?:.*)"\} (\d+)/.exec(await METRICS.metrics())?.[1];
    expect(await missing()).toBe('0');
    expect((await pool.run(number(17)))['x']?.data[0]).toBe(17);
    expect(await missing()).toBe('1');
    await sleep(200);
    expect([await missing(), (await pool.run(number(1)))['x']?.data[0]]).toEqual(['1', 1]);
    rmSync(join(folder, 'died-full'));
    while ((await missing()) !== '0') await sleep(20);
  });

  it('refuses what comes while no thread can start, and answers again once one can', async () => {
    const lone = await SessionPool.open(join(folder, 'died'), { workers: 1, script });
    await expect(lone.run(number(17))).rejects.toThrow('no encoding thread can be started');
    await expect(lone.run(number(1))).rejects.toThrow('no encoding thread can be started');
    rmSync(join(folder, 'died-full'));
    const ask = () => lone.run(number(1)).catch(() => undefined);
    while (!(await ask())) await sleep(20);
    await lone.close();
  });

  it('tells why a batch was refused', async () => {
    await expect(pool.run(number(15))).rejects.toThrow('refused');
  });

  it('lets an urgent batch go ahead of those that wait', async () => {
    const lone = await SessionPool.open(join(folder, 'died'), { workers: 1, script });
    const order: number[] = [];
    const ask = async (x: number, urgent: boolean): Promise<void> => {
      await lone.run(number(x), { urgent });
      order.push(x);
    };
    await Promise.all([...[1, 2, 3, 4, 5, 6].map((x) => ask(x, false)), ask(7, true)]);
    expect(order).toEqual([1, 7, 2, 3, 4, 5, 6]);
    await lone.close();
  });

  it('refuses what waits when it is closed', async () => {
    const waiting = Array.from({ length: 20 }, (_, i) => pool.run(number(i)));
    const outcomes = Promise.allSettled(waiting);
    await pool.close();
    expect((await outcomes).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    await expect(pool.run(number(1))).rejects.toThrow('closed');
  });

  it('lets the batch under way end when it is closed', async () => {
    const [underWay, waiting] = [pool.run(number(16)), Promise.allSettled([1, 2].map((x) => pool.run(number(x))))];
    await pool.close();
    expect((await underWay)['x']?.data[0]).toBe(16);
    await waiting;
  });

  it('says so when the model cannot be loaded', async () => {
    await expect(SessionPool.open(join(folder, 'no-such-model.onnx'), { workers: 1 })).rejects.toThrow('no-such-model');
  });
});
