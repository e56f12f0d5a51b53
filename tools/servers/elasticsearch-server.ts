import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../src/runtime/environment.ts';
import { CannotRunHere } from './cannot-run-here.ts';
import { elasticsearchHome, RELEASES } from './elasticsearch-distribution.ts';
import { newestJava } from './java.ts';
import type { LocalServer, Program } from './local-server.ts';
import { giveTo, ordinaryUser } from './ordinary-user.ts';

export interface ElasticsearchOptions {
  /** The newest that the machine's Java can run, when unset. */
  readonly version?: string;
  readonly port: number;
  /** Of the Java heap, such as 512m or 1g. */
  readonly heap: string;
  /** Where configuration, data and logs lie; a folder of the port under the temporary one, when unset. */
  readonly folder?: string;
  /** More lines of elasticsearch.yml. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** More options of the Java that runs it. */
  readonly javaOptions?: string;
}

/** A node of its own on loopback, without security, on the basic licence. */
export function elasticsearchServer(options: ElasticsearchOptions): LocalServer {
  const version = options.version ?? newestRunnable();
  const folder = options.folder ?? join(tmpdir(), `medley-elasticsearch-${options.port}`);
  const url = `http://127.0.0.1:${options.port}`;
  return {
    name: `Elasticsearch ${version}`,
    url,
    folder,
    prepare: () => prepare(version, folder, options),
    healthy: () => isHealthy(url),
  };
}

function newestRunnable(): string {
  const runnable = Object.entries(RELEASES).find(([, { leastJava }]) => newestJava(leastJava));
  if (runnable) return runnable[0];
  throw new CannotRunHere('Elasticsearch needs Java 17 (for 8.19) or 21 (for 9.4) and newer: install a JDK');
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const asked = `${url}/_cluster/health?wait_for_status=yellow&timeout=2s`;
    return (await fetch(asked, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

async function prepare(version: string, folder: string, options: ElasticsearchOptions): Promise<Program> {
  const java = newestJava(RELEASES[version]?.leastJava ?? 0);
  if (!java)
    throw new CannotRunHere(`Elasticsearch ${version} needs Java ${RELEASES[version]?.leastJava ?? ''} or newer`);
  const home = await elasticsearchHome(version);
  const account = ordinaryUser();
  const folders = ['', 'conf', 'data', 'logs', 'tmp'].map((name) => join(folder, name));
  for (const one of folders) await mkdir(one, { recursive: true });
  await chmod(folder, 0o755);
  for (const [name, text] of Object.entries(configuration(folder, options, await jvmOptions(home, folder, options))))
    await writeFile(join(folder, 'conf', name), text);
  await giveTo(account, folders);
  const { PATH } = environment();
  const launcherOptions = [...LAUNCHER, `-Djava.io.tmpdir=${join(folder, 'tmp')}`];
  const env = {
    PATH,
    HOME: folder,
    ES_HOME: home,
    ES_PATH_CONF: join(folder, 'conf'),
    ES_TMPDIR: join(folder, 'tmp'),
    ES_JAVA_HOME: java.home,
    ES_JAVA_OPTS: options.javaOptions,
    ES_DISTRIBUTION_TYPE: 'tar',
    JAVA_TYPE: 'ES_JAVA_HOME',
    JAVA: join(java.home, 'bin', 'java'),
    CLI_JAVA_OPTS: launcherOptions.join(' '),
  };
  return {
    command: join(java.home, 'bin', 'java'),
    args: [...launcherOptions, ...launcher(home, folder)],
    cwd: home,
    env,
  };
}

/** The launcher is a small Java program that starts the large one. */
const LAUNCHER = ['-Xms4m', '-Xmx64m', '-XX:+UseSerialGC'];

/** The zip lacks the shell scripts, so the launcher is called as they would: since 9.4 it has its settings from the environment. */
function launcher(home: string, folder: string): readonly string[] {
  const own = join(home, 'lib', 'tools', 'server-launcher');
  if (existsSync(own)) return ['-cp', join(own, '*'), 'org.elasticsearch.server.launcher.ServerLauncher'];
  return [
    '-Dcli.name=server',
    `-Dcli.script=${join(home, 'bin', 'elasticsearch')}`,
    '-Dcli.libs=lib/tools/server-cli',
    `-Des.path.home=${home}`,
    `-Des.path.conf=${join(folder, 'conf')}`,
    '-Des.distribution.type=tar',
    '-Des.java.type=ES_JAVA_HOME',
    '-cp',
    `${join(home, 'lib', '*')}:${join(home, 'lib', 'cli-launcher', '*')}`,
    'org.elasticsearch.launcher.CliToolLauncher',
  ];
}

function configuration(
  folder: string,
  { port, settings }: ElasticsearchOptions,
  jvm: string,
): Readonly<Record<string, string>> {
  const lines = {
    'cluster.name': `medley-${port}`,
    'node.name': 'one',
    'path.data': join(folder, 'data'),
    'path.logs': join(folder, 'logs'),
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': `${port + 100}-${port + 199}`,
    'discovery.type': 'single-node',
    'xpack.security.enabled': false,
    'xpack.license.self_generated.type': 'basic',
    'cluster.routing.allocation.disk.threshold_enabled': false,
    ...settings,
  };
  const yaml = Object.entries(lines).map(([name, value]) => `${name}: ${value}\n`);
  return { 'elasticsearch.yml': yaml.join(''), 'jvm.options': jvm, 'log4j2.properties': LOGGING };
}

/** The distribution's own, without what it would write under its home, which it may only read. */
async function jvmOptions(home: string, folder: string, { heap }: ElasticsearchOptions): Promise<string> {
  const own = await readFile(join(home, 'config', 'jvm.options'), 'utf8');
  const kept = own.split('\n').filter((line) => !/HeapDump|Xlog:gc|ErrorFile/.test(line));
  return [...kept, `-XX:ErrorFile=${join(folder, 'logs', 'hs_err_pid%p.log')}`, `-Xms${heap}`, `-Xmx${heap}`, ''].join(
    '\n',
  );
}

const LOGGING = `rootLogger.level=info
appender.c.type=Console
appender.c.name=c
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=[%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.appenderRef.c.ref=c
`;
