import { execFileSync } from 'node:child_process';
import { chown } from 'node:fs/promises';

/** Database servers refuse to run as root: who started as root lends them the account of nobody. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined where this process is an ordinary user already. */
export function ordinaryUser(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function giveTo(account: Account | undefined, paths: readonly string[]): Promise<void> {
  if (account) for (const path of paths) await chown(path, account.uid, account.gid);
}
