export { readIfThere, writeDurably } from '../../../../src/runtime/durable-file.ts';
