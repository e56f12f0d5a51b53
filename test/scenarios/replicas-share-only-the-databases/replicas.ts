import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildProgram } from '../../../src/cli/child-program.ts';
import { environment } from '../../../src/runtime/environment.ts';
import { openBalancer } from '../../support/balancer.ts';
import type { Balancer } from '../../support/balancer.ts';
import { writeCornerShop } from '../../support/corner-shop.ts';
import { freePort } from '../../support/free-port.ts';
import { frontDoor } from '../../support/front-door.ts';
import type { FrontDoor } from '../../support/front-door.ts';
import { medleyProcess } from '../../support/medley-process.ts';
import type { MedleyProcess } from '../../support/medley-process.ts';
import { makeDatabase } from '../../support/postgresql.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';

const FILES = {
  'query-embedding': 'subgraphs/query-embedding/main.ts',
  'user-profile': 'subgraphs/user-profile/main.ts',
  retrieval: 'subgraphs/retrieval/main.ts',
  gateway: 'src/gateway/main.ts',
} as const;

export type ProgramName = keyof typeof FILES;
export const PROGRAMS = Object.keys(FILES) as readonly ProgramName[];

/** One process of a program, which is started again where it listened when it ends. */
interface Replica {
  readonly program: ChildProgram;
  readonly url: string;
  readonly dataFolder: string;
  /** The same program once more, for when this one was stopped. */
  again(): Replica;
}

/** Two of each program. They have a data folder each; a subgraph is reached through a balancer, as a Service would have it. */
export interface Replicas {
  /** Of the two gateways. */
  readonly doors: readonly FrontDoor[];
  /** The address of the database that they share. */
  readonly database: string;
  /** Kills the first of the two; what comes back tells whether another process serves in its place. */
  kill(name: ProgramName): () => Promise<boolean>;
  /** Stops one after the other of the two, and starts another with an empty data folder in its place, as a new pod is. */
  replace(name: ProgramName): Promise<void>;
  /** Runs `medley <args>` beside them, with a data folder of its own. */
  job(...args: readonly string[]): MedleyProcess;
  close(): Promise<void>;
}

interface Servers {
  readonly nodes: readonly string[];
  readonly postgresql: string;
}

/** A busy machine is no failure, but nobody waits for ever. */
const PATIENT = {
  MEDLEY_DEADLINE: '15000',
  MEDLEY_ENCODING_DEADLINE: '8000',
  MEDLEY_VIEWER_DEADLINE: '8000',
  MEDLEY_ENCODER_WORKERS: '1',
  MEDLEY_LOG_LEVEL: 'silent',
  MEDLEY_DEMO: 'off',
};

type Env = Readonly<Record<string, string | undefined>>;

export async function openReplicas({ nodes, postgresql }: Servers): Promise<Replicas> {
  const folder = await mkdtemp(join(tmpdir(), 'medley-replicas-'));
  const database = await makeDatabase(postgresql);
  const prefix = `medley-test-${randomUUID()}`;
  const shared = {
    ...environment(),
    ...PATIENT,
    MEDLEY_SECRET: randomUUID(),
    MEDLEY_INDEX: 'elasticsearch',
    ELASTICSEARCH_URL: nodes.join(','),
    ELASTICSEARCH_PREFIX: prefix,
    MEDLEY_DATABASE_URL: database.url,
  };
  const { pairs, balancers } = await twoOfEach(folder, shared);
  const pair = (name: ProgramName): readonly Replica[] => pairs.get(name) ?? [];
  const replace = async (name: ProgramName): Promise<void> => {
    for (const [n, old] of pair(name).entries()) pairs.set(name, pair(name).with(n, await replaced(old)));
  };
  const close = async (): Promise<void> => {
    await Promise.all(PROGRAMS.flatMap(pair).map(({ program }) => program.stop()));
    await Promise.all(balancers.map((balancer) => balancer.close()));
    await database.drop();
    await removeIndexes(nodes, `${prefix}*`);
    await rm(folder, { recursive: true, force: true });
  };
  const jobs = { ...shared, MEDLEY_DATA_DIR: join(folder, 'indexing') };
  try {
    await index(folder, jobs);
    await Promise.all(PROGRAMS.flatMap(pair).map(({ program }) => program.start()));
  } catch (error) {
    await close();
    throw error;
  }
  const doors = pair('gateway').map(({ url }) => frontDoor(url));
  const job = (...args: readonly string[]) => medleyProcess(args, whole(jobs));
  return { doors, database: database.url, kill: (name) => kill(pair(name)), replace, job, close };
}

function kill([first]: readonly Replica[]): () => Promise<boolean> {
  const { pid } = first?.program ?? {};
  if (!first || pid === undefined) throw new Error('there is nothing to kill');
  process.kill(pid, 'SIGKILL');
  return async () => first.program.pid !== pid && (await serves(first.url));
}

async function replaced(old: Replica): Promise<Replica> {
  await old.program.stop();
  await rm(old.dataFolder, { recursive: true });
  const replica = old.again();
  await replica.program.start();
  return replica;
}

interface Pairs {
  readonly pairs: Map<ProgramName, readonly Replica[]>;
  readonly balancers: readonly Balancer[];
}

async function twoOfEach(folder: string, shared: Env): Promise<Pairs> {
  const ports = new Map<ProgramName, readonly number[]>();
  for (const name of PROGRAMS) ports.set(name, [await freePort(), await freePort()]);
  const [queryEmbedding, userProfile, retrieval] = [
    await openBalancer(ports.get('query-embedding') ?? []),
    await openBalancer(ports.get('user-profile') ?? []),
    await openBalancer(ports.get('retrieval') ?? []),
  ] as const;
  const env = {
    ...shared,
    MEDLEY_QUERY_EMBEDDING_URL: queryEmbedding.url,
    MEDLEY_USER_PROFILE_URL: userProfile.url,
    MEDLEY_RETRIEVAL_URL: retrieval.url,
  };
  const pairs = new Map<ProgramName, readonly Replica[]>();
  for (const [name, two] of ports)
    pairs.set(
      name,
      two.map((port) => replicaOf(name, port, { folder, env })),
    );
  return { pairs, balancers: [queryEmbedding, userProfile, retrieval] };
}

function replicaOf(
  name: ProgramName,
  port: number,
  { folder, env }: { readonly folder: string; readonly env: Env },
): Replica {
  const dataFolder = join(folder, `${name}-${String(port)}`);
  const program = new ChildProgram({
    name,
    file: fileURLToPath(new URL(`../../../${FILES[name]}`, import.meta.url)),
    env: { ...env, MEDLEY_DATA_DIR: dataFolder, PORT: String(port) },
    onLost: () => undefined,
  });
  const again = () => replicaOf(name, port, { folder, env });
  return { program, url: `http://127.0.0.1:${String(port)}`, dataFolder, again };
}

async function index(folder: string, env: Env): Promise<void> {
  const catalogue = await writeCornerShop(folder, 60);
  const args = ['index', catalogue, '--report', join(folder, 'report.jsonl')];
  const indexing = medleyProcess(args, whole(env));
  if ((await indexing.ended) !== 0) throw new Error(`the catalogue was not indexed: ${indexing.printed()}`);
}

function whole(env: Env): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((set): set is [string, string] => set[1] !== undefined));
}

async function serves(url: string): Promise<boolean> {
  return fetch(new URL('/health/live', url)).then(
    ({ ok }) => ok,
    () => false,
  );
}
