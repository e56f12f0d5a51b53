import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recorded } from './two-gateways.ts';

/** All that is not the gateway, in a process of its own, so that the CPU time of this one is the gateway's alone. */
export interface OtherSide {
  /** Each subgraph is at /NAME/graphql below it. */
  readonly origin: string;
  /** Lets the client ask a gateway so many times, one after another; each answer as it came. */
  ask(asking: Asking): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface Asking {
  readonly url: string;
  readonly times: number;
}

export async function openOtherSide(folder: string, recorded: Recorded): Promise<OtherSide> {
  const file = join(folder, 'recorded.json');
  await writeFile(file, JSON.stringify(recorded));
  const child = fork(fileURLToPath(new URL('other-side.program.ts', import.meta.url)), [file]);
  const [origin] = (await once(child, 'message')) as [string];
  return {
    origin,
    ask: async (asking) => {
      child.send(asking);
      const [answers] = (await once(child, 'message')) as [readonly string[]];
      return answers;
    },
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
