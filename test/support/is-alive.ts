import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** How long is waited for what has to come, milliseconds: what has not come by then does not. */
const LONGEST = 50_000;

/** Resolves once a condition holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST;
  while (Date.now() < end) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`it did not happen: ${String(holds)}`);
}
