import type { IndexWriter, ItemIndex, ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';
import { head } from './samples.ts';

export interface OpenIndex {
  readonly index: ItemIndex;
  readonly writer: IndexWriter;
}

/** Promises of the port, by the sentences that tests of them are named. */
export type Promises = Readonly<Record<string, (opened: OpenIndex) => Promise<void>>>;

export async function publish(writer: IndexWriter, rows: readonly ItemRow[], id = 'first'): Promise<void> {
  const build = await writer.build(head(id));
  await build.write(rows);
  await build.publish();
}
