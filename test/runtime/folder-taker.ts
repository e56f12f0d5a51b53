import { once } from 'node:events';
import { lockFolder } from '../../src/runtime/folder-lock.ts';

/** Says that it is ready, tries to lock each of the folders at the first word that it hears, and says which it has, until it is killed. */
const folders = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const had = await Promise.all(
  folders.map((folder) =>
    lockFolder(folder).then(
      () => [folder],
      () => [],
    ),
  ),
);
process.stdout.write(`${JSON.stringify(had.flat())}\n`);
setInterval(() => undefined, 1000);
