import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenerationHead } from '../item-index.ts';
import { readIfThere, writeDurably } from '../../../../src/runtime/durable-file.ts';

/** The head of a generation lies in two files beside its table: what it is, and what was fitted for it. */
export async function writeHead(folder: string, { fitting, ...head }: GenerationHead): Promise<void> {
  await writeDurably(join(folder, `${head.id}.fitting`), fitting);
  await writeDurably(join(folder, `${head.id}.json`), JSON.stringify(head));
}

export async function readHead(folder: string, id: string): Promise<GenerationHead> {
  const head = await readIfThere(join(folder, `${id}.json`));
  const fitting = await readIfThere(join(folder, `${id}.fitting`));
  if (!head || !fitting) throw new Error(`generation ${id} has lost its head`);
  return { ...(JSON.parse(head.toString()) as Omit<GenerationHead, 'fitting'>), fitting: new Uint8Array(fitting) };
}

export async function removeHead(folder: string, id: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((one) => idIn(one) === id)) await rm(join(folder, name), { force: true });
}

/** The ids of all heads that lie in the folder, finished or not. */
export async function headIds(folder: string): Promise<readonly string[]> {
  return [...new Set((await readdir(folder)).flatMap((name) => idIn(name) ?? []))];
}

/** Whose file it is, in its place or still aside; undefined where it is no head's. No id has a dot. */
function idIn(name: string): string | undefined {
  return /^([^.]+)\.(?:json|fitting)(?:\..+)?$/.exec(name)?.[1];
}
