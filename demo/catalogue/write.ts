import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pMap from 'p-map';
import sharp from 'sharp';

import { demoItems, type DrawnItem } from './catalogue.ts';
import { CATALOGUE_FILE } from './catalogue-file.ts';

/** How far the catalogue has come. */
export type OnProgress = (done: number, total: number) => void;

const PICTURE_SIZE = 256;

/** Draws the demo catalogue into a folder: `catalogue.json`, `items.jsonl` and `images/`. The catalogue file comes last. */
export async function writeDemoCatalogue(folder: string, onProgress: OnProgress = () => undefined): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const drawn = [...demoItems()];
  let done = 0;
  await pMap(
    drawn,
    async (one) => {
      await writePicture(folder, one);
      done += 1;
      onProgress(done, drawn.length);
    },
    { concurrency: 4 },
  );
  await writeFile(join(folder, 'items.jsonl'), drawn.map(({ item }) => `${JSON.stringify(item)}\n`).join(''));
  await writeFile(join(folder, 'catalogue.json'), `${JSON.stringify(CATALOGUE_FILE, null, 2)}\n`);
}

async function writePicture(folder: string, { item, picture }: DrawnItem): Promise<void> {
  const pixels = sharp(Buffer.from(picture), { density: (72 * PICTURE_SIZE) / 256 }).resize(PICTURE_SIZE, PICTURE_SIZE);
  await pixels.webp({ quality: 84, effort: 2 }).toFile(join(folder, item.image));
}
