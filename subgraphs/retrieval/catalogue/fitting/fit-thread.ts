import { Worker } from 'node:worker_threads';
import type { FitOptions } from './fit.ts';
import type { FitSample } from './fit-sample.ts';
import { Fitting } from './fitting.ts';

/**
 * Fits in a thread of its own, so that searches are answered meanwhile. Nothing of the thread is left when this settles. Errors: the
 * reason of the signal, at once: a stop does not wait for a fit that nobody will take.
 */
export async function fitInThread(sample: FitSample, options: FitOptions = {}, signal?: AbortSignal): Promise<Fitting> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./fit.worker.ts', import.meta.url), { workerData: { sample, options } });
  const stopped = Promise.withResolvers<never>();
  const giveUp = (): void => {
    stopped.reject(signal?.reason);
  };
  signal?.addEventListener('abort', giveUp);
  try {
    const bytes = await Promise.race([stopped.promise, answerOf(worker)]);
    return Fitting.fromBytes(bytes);
  } finally {
    signal?.removeEventListener('abort', giveUp);
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`the fitting thread ended with ${String(code)} before it had answered`));
    });
  });
}
