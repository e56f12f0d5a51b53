import type { GenerationHead } from '../item-index.ts';
import type { Cluster } from './cluster.ts';
import type { IndexNames } from './index-names.ts';
import { readNote } from './notes.ts';
import type { Note } from './notes.ts';

/**
 * What was fitted for a generation is megabytes, which would not do in the metadata of its index: every node keeps those in memory
 * and sends them about. It is a note of its own.
 */
export async function keepFitting(
  cluster: Cluster,
  { notes }: IndexNames,
  { id, fitting }: Pick<GenerationHead, 'id' | 'fitting'>,
): Promise<void> {
  const document: Note = { kind: 'fitting', generation: id, content: Buffer.from(fitting).toString('base64') };
  await cluster.persist((client, sending) => client.index({ index: notes, id: noteOf(id), document }, sending));
}

export async function readFitting(cluster: Cluster, { notes }: IndexNames, id: string): Promise<Uint8Array> {
  const found = await readNote(cluster, notes, noteOf(id));
  if (found?.note.content === undefined) throw new Error(`what was fitted for generation ${id} is lost: index again`);
  return new Uint8Array(Buffer.from(found.note.content, 'base64'));
}

export async function forgetFitting(cluster: Cluster, { notes }: IndexNames, id: string): Promise<void> {
  await cluster.persist((client, sending) =>
    client.delete({ index: notes, id: noteOf(id) }, { ...sending, ignore: [404] }),
  );
}

function noteOf(id: string): string {
  return `fitting-${id}`;
}
