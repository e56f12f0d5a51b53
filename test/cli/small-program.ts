import { fastify } from 'fastify';
import { runAlone } from '../../src/runtime/run-alone.ts';

/** A program that only lives. */
const app = fastify();
await runAlone('small', () => Promise.resolve({ app, close: () => app.close() }));
