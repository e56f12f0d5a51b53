import { parentPort, workerData } from 'node:worker_threads';
import { fit } from './fit.ts';
import type { FitOptions } from './fit.ts';
import type { FitSample } from './fit-sample.ts';

/** The thread that `fit-thread.ts` starts: fits what it was given and answers with the fitting's bytes. */
const { sample, options } = workerData as { sample: FitSample; options: FitOptions };
parentPort?.postMessage(fit(sample, options).toBytes());
