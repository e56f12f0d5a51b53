import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openElasticsearchIndex } from '../../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import type { GenerationBuild, IndexWriter } from '../../../subgraphs/retrieval/index/item-index.ts';
import { openLanceIndex } from '../../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';
import { openMemoryIndex } from '../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { servingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import type { ServingIndex } from '../../../subgraphs/retrieval/serving-index.ts';
import { removeIndexes } from '../../support/remove-indexes.ts';

export const INDEXES = ['twin', 'lancedb', 'elasticsearch', 'elasticsearch without scripts'] as const;

export type IndexName = (typeof INDEXES)[number];

/** The same generation in every index: one build, fitted once, writes them all. */
export interface SameInAll {
  readonly indexes: Readonly<Record<IndexName, ServingIndex>>;
  readonly writer: IndexWriter;
  close(): Promise<void>;
}

export async function openAll(nodes: readonly string[]): Promise<SameInAll> {
  const prefix = `medley-parity-${randomUUID()}`;
  const folder = await mkdtemp(join(tmpdir(), 'medley-parity-'));
  const twin = openMemoryIndex();
  const lance = await openLanceIndex(folder);
  const elastic = await openElasticsearchIndex({ nodes, prefix, patience: 300_000 });
  const portable = await openElasticsearchIndex({ nodes, prefix: `${prefix}-p`, patience: 300_000, scripts: false });
  const all = [twin, lance, elastic, portable].map(({ writer }) => writer);
  const indexes = {
    twin: servingIndex(twin.index),
    lancedb: servingIndex(lance.index),
    elasticsearch: servingIndex(elastic.index),
    'elasticsearch without scripts': servingIndex(portable.index),
  };
  const close = async (): Promise<void> => {
    for (const writer of all) await writer.close();
    await rm(folder, { recursive: true, force: true });
    await removeIndexes(nodes, `${prefix}*`);
  };
  return { indexes, writer: { ...twin.writer, build: (head) => buildAll(all, head) }, close };
}

async function buildAll(
  writers: readonly IndexWriter[],
  head: Parameters<IndexWriter['build']>[0],
): Promise<GenerationBuild> {
  const builds: GenerationBuild[] = [];
  for (const writer of writers) builds.push(await writer.build(head));
  const each = async <T>(step: (build: GenerationBuild) => Promise<readonly T[]>): Promise<readonly T[]> => {
    const outcomes: T[] = [];
    for (const build of builds) outcomes.push(...(await step(build)));
    return outcomes;
  };
  return {
    write: (rows) => each((build) => build.write(rows)),
    publish: (refit) => each((build) => build.publish(refit)),
    abort: async () => {
      for (const build of builds) await build.abort();
    },
  };
}
