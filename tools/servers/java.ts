import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../../src/runtime/environment.ts';

export interface Java {
  readonly home: string;
  readonly major: number;
}

const HOMES = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/java'];

/** The newest Java of this machine that is at least as new; undefined where there is none. */
export function newestJava(least: number): Java | undefined {
  const fitting = candidates().flatMap((home) => {
    const major = majorOf(home);
    return major !== undefined && major >= least ? [{ home, major }] : [];
  });
  return fitting.sort((a, b) => b.major - a.major)[0];
}

function candidates(): readonly string[] {
  const { ES_JAVA_HOME, JAVA_HOME } = environment();
  if (ES_JAVA_HOME !== undefined) return [ES_JAVA_HOME];
  const installed = HOMES.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder).flatMap((name) => [join(folder, name), join(folder, name, 'Contents', 'Home')]),
  );
  return [...(JAVA_HOME === undefined ? [] : [JAVA_HOME]), ...installed];
}

function majorOf(home: string): number | undefined {
  const java = join(home, 'bin', 'java');
  if (!existsSync(java)) return undefined;
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const major = /version "(\d+)/.exec(stderr)?.[1];
  return major === undefined ? undefined : Number(major);
}
