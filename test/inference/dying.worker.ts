import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SessionReply, Tensors } from '../../src/inference/session-messages.ts';

/*
 * Stands in for a session: gives back what it gets. The number 13 kills the thread that meets it first (the file named as
 * the model remembers that), 14 kills every thread, 15 is refused, 16 takes a while. 17 kills the thread that meets it first, and none
 * can start as long as the file that remembers that is there.
 */
const { model: memory } = workerData as { readonly model: string };
const full = `${memory}-full`;
const say = (reply: SessionReply): void => parentPort?.postMessage(reply);

parentPort?.on('message', (inputs: Tensors) => {
  const first = inputs['x']?.data[0];
  if (first === 14) process.exit(1);
  if (first === 13 && !existsSync(memory)) {
    writeFileSync(memory, '');
    process.exit(1);
  }
  if (first === 17 && !existsSync(full)) {
    writeFileSync(full, '');
    process.exit(1);
  }
  if (first === 16) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  say(first === 15 ? { kind: 'failed', message: 'refused' } : { kind: 'done', outputs: inputs });
});
if (existsSync(full)) say({ kind: 'unusable', message: 'no memory' });
else say({ kind: 'ready', inputNames: ['x'], outputNames: ['x'] });
