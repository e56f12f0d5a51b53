import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { IndexWriter } from '../../../subgraphs/retrieval/index/item-index.ts';
import { openLanceIndex } from '../../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';

const WRITER = join(import.meta.dirname, 'writer.ts');

/** What a writer said, by its first word: upserted, removing, removed, publishing, published. */
type Said = ReadonlyMap<string, readonly string[]>;

/** Runs a writer, which nobody may write beside, kills it some milliseconds after its first write, and resolves to what it said until then. */
async function writeUntilKilled(folder: string, round: number, milliseconds: number): Promise<Said> {
  const child = spawn(process.execPath, [WRITER, folder, round.toString()], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = new Map<string, string[]>();
  let killing: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', id = ''] = line.split(' ');
    said.set(what, [...(said.get(what) ?? []), id]);
    if (what === 'ready') await expect(openLanceIndex(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    if (what === 'upserted') killing ??= setTimeout(() => child.kill('SIGKILL'), milliseconds);
  }
  return said;
}

describe('kill -9 while the index is written to', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medley-kill-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const writers: IndexWriter[] = [];
  afterEach(async () => {
    for (const writer of writers.splice(0)) await writer.close();
  });

  const kept = new Set<string>();
  const gone = new Set<string>();
  let serving: string | undefined;

  const remember = (said: Said): void => {
    for (const id of said.get('upserted') ?? []) kept.add(id);
    // One that was asked to go and not yet answered may be there or not.
    for (const id of said.get('removing') ?? []) kept.delete(id);
    for (const id of said.get('removed') ?? []) gone.add(id);
    serving = said.get('published')?.at(-1) ?? serving;
  };

  it.each([0, 1, 2, 3, 4, 5])(
    'loses nothing that was acknowledged, and the next start waits for nobody (round %i)',
    async (round) => {
      const said = await writeUntilKilled(folder, round, Math.random() * 600);
      remember(said);
      expect(said.get('upserted')?.length).toBeGreaterThan(0);

      // It would be DATA_FOLDER_LOCKED if the lock of the dead had to grow old first.
      const { index, writer } = await openLanceIndex(folder);
      writers.push(writer);
      expect([serving, said.get('publishing')?.at(-1)]).toContain(index.head()?.id);
      serving = index.head()?.id;

      const items = await index.items([...kept]);
      expect([...kept].filter((_, at) => items[at] === undefined)).toEqual([]);
      expect((await index.items([...gone])).filter((item) => item !== undefined)).toEqual([]);
      const { candidates } = await index.candidates({ words: 'trombone', probes: [], candidates: 100_000 });
      const found = new Set(candidates.map(({ id }) => id));
      expect([...kept].filter((id) => !found.has(id))).toEqual([]);
      expect([...gone].filter((id) => found.has(id))).toEqual([]);
      const lamps = await index.candidates({ words: 'lamp', probes: [], candidates: 100 });
      expect(lamps.candidates).toHaveLength(40);
    },
  );
});
