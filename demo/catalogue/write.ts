import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import pMap from 'p-map';
import sharp from 'sharp';

import { demoItems, type DrawnItem } from './catalogue.ts';
import { CATALOGUE_FILE } from './catalogue-file.ts';

/** How far the catalogue has come. */
export type OnProgress = (done: number, total: number) => void;

/** Draws the demo catalogue into a folder: `catalogue.json`, `items.jsonl` and `images/`. The catalogue file comes last. */
export async function writeDemoCatalogue(folder: string, onProgress: OnProgress = () => undefined): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const drawn = [...demoItems()];
  await writePictures(folder, drawn, onProgress);
  await writeFile(join(folder, 'items.jsonl'), drawn.map(({ item }) => `${JSON.stringify(item)}\n`).join(''));
  await writeFile(join(folder, 'catalogue.json'), `${JSON.stringify(CATALOGUE_FILE, null, 2)}\n`);
}

async function writePictures(folder: string, drawn: readonly DrawnItem[], onProgress: OnProgress): Promise<void> {
  let done = 0;
  // One thread a picture and a picture a core: sharing small pictures between threads costs a third more.
  const threads = sharp.concurrency();
  sharp.concurrency(1);
  const write = async ({ item, picture }: DrawnItem): Promise<void> => {
    await sharp(Buffer.from(picture)).webp({ quality: 84, effort: 1 }).toFile(join(folder, item.image));
    done += 1;
    onProgress(done, drawn.length);
  };
  try {
    await pMap(drawn, write, { concurrency: Math.min(4, availableParallelism()) });
  } finally {
    sharp.concurrency(threads);
  }
}
