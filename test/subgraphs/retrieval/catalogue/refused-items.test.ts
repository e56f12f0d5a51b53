import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../../src/inference/hashing-encoder.ts';
import { buildGeneration } from '../../../../subgraphs/retrieval/catalogue/build-generation.ts';
import type { ReportedProblem } from '../../../../subgraphs/retrieval/catalogue/encoding/reported-problem.ts';
import { memoryEncodingStore } from '../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { parseCatalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { Catalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { IndexWriter } from '../../../../subgraphs/retrieval/index/item-index.ts';
import { openMemoryIndex } from '../../../../subgraphs/retrieval/index/memory/memory-item-index.ts';

/** Twenty items and a line that is none. */
async function catalogue(): Promise<Catalogue> {
  const file = join(await mkdtemp(join(tmpdir(), 'medley-shop-')), 'items.jsonl');
  const lines = Array.from({ length: 20 }, (_, at) => JSON.stringify({ id: `i${String(at)}`, title: 'A thing' }));
  await writeFile(file, [...lines, '{"id":"nameless"}'].join('\n'));
  const items = { file, format: 'jsonl' };
  return parseCatalogue(JSON.stringify({ name: 'shop', items, fields: { id: 'id', title: 'title' } }));
}

/** A writer that refuses some items of a catalogue, and one that was written live meanwhile. */
function picky(writer: IndexWriter, isBad: (id: string) => boolean): IndexWriter {
  const why = (id: string) => ({ id, code: 'INVALID_ITEM', message: 'It is bad.' }) as const;
  return {
    ...writer,
    build: async (head) => {
      const build = await writer.build(head);
      return {
        ...build,
        write: async (rows) => {
          await build.write(rows.filter(({ item }) => !isBad(item.id)));
          return rows.flatMap(({ item: { id } }) => (isBad(id) ? [why(id)] : []));
        },
        publish: async (refit) => [...(await build.publish(refit)), why('live')],
      };
    },
  };
}

function ports() {
  const problems: ReportedProblem[] = [];
  return {
    ...openMemoryIndex(),
    encoders: { text: hashingTextEncoder(), picture: hashingPictureEncoder() },
    encodings: memoryEncodingStore(),
    onProblem: (problem: ReportedProblem) => problems.push(problem),
    problems,
  };
}

describe('indexing into an index that refuses items', () => {
  it('serves the rest, and tells of each as of a line that is no item', async () => {
    const { index, problems, ...build } = ports();
    const writer = picky(build.writer, (id) => ['i3', 'i7'].includes(id));
    const report = await buildGeneration(await catalogue(), { ...build, writer });
    expect(report).toMatchObject({ items: 18, rejectedItems: 4 });
    expect(problems.map(({ line, id, left, code }) => [line ?? id, left, code])).toEqual([
      [21, 'item', 'INVALID_ITEM'],
      ['i3', 'item', 'INVALID_ITEM'],
      ['i7', 'item', 'INVALID_ITEM'],
      ['live', 'item', 'INVALID_ITEM'],
    ]);
    expect(index.head()?.items).toBe(18);
  });

  it('leaves what serves alone where most are refused', async () => {
    const { index, ...build } = ports();
    await buildGeneration(await catalogue(), build);
    const before = index.head()?.id;
    const writer = picky(build.writer, (id) => id !== 'i1');
    await expect(buildGeneration(await catalogue(), { ...build, writer })).rejects.toMatchObject({
      code: 'INVALID_CATALOGUE',
      message: expect.stringContaining('20 items, 19'),
    });
    expect(index.head()?.id).toBe(before);
  });
});
