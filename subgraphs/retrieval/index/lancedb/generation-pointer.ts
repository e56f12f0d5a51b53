import { join } from 'node:path';
import { readIfThere, writeDurably } from '../../../../src/runtime/durable-file.ts';

/** Which generation serves, and which did before it. */
export interface GenerationPointer {
  readonly serving: string;
  readonly previous?: string;
}

/** Undefined before the first publish. */
export async function readPointer(folder: string): Promise<GenerationPointer | undefined> {
  const text = await readIfThere(join(folder, 'serving.json'));
  return text && (JSON.parse(text.toString()) as GenerationPointer);
}

/** The one step that publishes: a reader finds the old pointer or the new one. */
export async function writePointer(folder: string, pointer: GenerationPointer): Promise<void> {
  await writeDurably(join(folder, 'serving.json'), JSON.stringify(pointer));
}
