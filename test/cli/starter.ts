import { join } from 'node:path';
import { ChildProgram } from '../../src/cli/child-program.ts';
import { environment } from '../../src/runtime/environment.ts';

/** Starts the small program, says the number of its process, and goes on until it is killed. */
const file = join(import.meta.dirname, 'small-program.ts');
const child = new ChildProgram({ name: 'small', file, env: environment(), onLost: () => undefined });
await child.start();
console.log(child.pid);
