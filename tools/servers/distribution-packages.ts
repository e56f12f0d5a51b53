import { spawnSync } from 'node:child_process';
import { environment } from '../../src/runtime/environment.ts';
import { CannotRunHere } from './cannot-run-here.ts';

/** The first of the commands that the PATH has. */
export function commandOf(...names: readonly string[]): string | undefined {
  return names.find((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0);
}

/** Installs packages of the machine's distribution. Throws CannotRunHere where only its owner may, or it is not Debian's kind. */
export function installPackages(packages: readonly string[], { forWhat }: { readonly forWhat: string }): void {
  const names = packages.join(' ');
  if (!commandOf('apt-get')) throw new CannotRunHere(`${forWhat} needs ${names}: install it first`);
  if (process.getuid?.() !== 0) throw new CannotRunHere(`${forWhat} needs ${names}: sudo apt-get install ${names}`);
  console.error(`installing ${names} from the distribution`);
  const env = { ...environment(), DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]): boolean =>
    spawnSync('apt-get', ['-qq', '-y', ...args], { env, stdio: ['ignore', 2, 2] }).status === 0;
  const installed = apt('install', '--no-install-recommends', ...packages);
  if (installed || (apt('update') && apt('install', '--no-install-recommends', ...packages))) return;
  throw new CannotRunHere(`${forWhat} needs ${names}, which apt-get could not install`);
}
