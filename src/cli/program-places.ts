import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../runtime/environment.ts';

/** The subgraphs, with the setting that says where each is. */
const SUBGRAPHS = {
  'query-embedding': 'MEDLEY_QUERY_EMBEDDING_URL',
  'user-profile': 'MEDLEY_USER_PROFILE_URL',
  retrieval: 'MEDLEY_RETRIEVAL_URL',
} as const satisfies Readonly<Record<string, keyof Settings>>;

export type ProgramName = keyof typeof SUBGRAPHS | 'gateway';

/** Where one of the four programs is in a distributed run. */
export interface ProgramPlace {
  readonly name: ProgramName;
  /** The file that runs it. */
  readonly file: string;
  readonly url: string;
  /** Absent for a subgraph whose URL was set: it runs already, here or on another machine. */
  readonly listens?: { readonly HOST: string; readonly PORT: string };
}

/**
 * The gateway on PORT, and the subgraphs after it on loopback, on the three ports that follow; on any four free ports where PORT
 * is 0. A subgraph whose URL is set is there.
 */
export async function programPlaces(settings: Settings): Promise<readonly ProgramPlace[]> {
  const names = Object.keys(SUBGRAPHS) as readonly (keyof typeof SUBGRAPHS)[];
  const [first = 0, ...others] = await portsFrom(settings.PORT, 1 + names.length);
  return [
    {
      name: 'gateway',
      file: fileOf('../gateway/main.ts'),
      url: `http://127.0.0.1:${first}`,
      listens: { HOST: settings.HOST, PORT: String(first) },
    },
    ...names.map((name, i): ProgramPlace => {
      const set = settings[SUBGRAPHS[name]];
      const port = String(others[i]);
      return {
        name,
        file: fileOf(`../../subgraphs/${name}/main.ts`),
        url: set ?? `http://127.0.0.1:${port}`,
        listens: set === undefined ? { HOST: '127.0.0.1', PORT: port } : undefined,
      };
    }),
  ];
}

/** The settings that tell a program where the subgraphs are. */
export function urlSettings(places: readonly ProgramPlace[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    places.flatMap(({ name, url }) => (name === 'gateway' ? [] : [[SUBGRAPHS[name], url] as const])),
  );
}

async function portsFrom(port: number, count: number): Promise<readonly number[]> {
  if (port > 0) return Array.from({ length: count }, (_, i) => port + i);
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const free = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return free;
}

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
