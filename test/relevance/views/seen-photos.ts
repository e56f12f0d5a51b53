import { readFile } from 'node:fs/promises';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import type { EncodedData } from '../encodings/encoded-data.ts';
import type { View } from './view.ts';

/** Photos that are cut and encoded at a time. */
const BATCH = 32;

/** The features of every photo under every view, photo by photo. Encoded once and kept. */
export async function seenPhotos(
  { encoders }: Pick<EncodedData, 'encoders'>,
  files: readonly string[],
  views: readonly View[],
): Promise<readonly (readonly Vector[])[]> {
  const seen: (readonly Vector[])[] = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const photos = await Promise.all(files.slice(at, at + BATCH).map((file) => readFile(file)));
    const cut = await Promise.all(photos.flatMap((bytes) => views.map((view) => view(bytes))));
    const outcomes = await encoders.picture.encode(cut);
    const vectors = outcomes.map((outcome) => {
      if (!(outcome instanceof Float32Array)) throw outcome;
      return outcome;
    });
    seen.push(...photos.map((_, i) => vectors.slice(i * views.length, (i + 1) * views.length)));
  }
  return seen;
}
