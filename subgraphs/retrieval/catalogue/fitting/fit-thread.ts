import { Worker } from 'node:worker_threads';
import type { FitOptions } from './fit.ts';
import type { FitSample } from './fit-sample.ts';
import { Fitting } from './fitting.ts';

/** Fits in a thread of its own, so that searches are answered meanwhile. Nothing of the thread is left when this settles. */
export async function fitInThread(sample: FitSample, options: FitOptions = {}): Promise<Fitting> {
  const worker = new Worker(new URL('./fit.worker.ts', import.meta.url), { workerData: { sample, options } });
  try {
    const bytes = await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => {
        reject(new Error(`the fitting thread ended with ${String(code)} before it had answered`));
      });
    });
    return Fitting.fromBytes(bytes);
  } finally {
    await worker.terminate();
  }
}
