import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { CATALOGUE_FILE } from '../../demo/catalogue/catalogue-file.ts';
import { demoItems } from '../../demo/catalogue/catalogue.ts';
import type { DemoItem } from '../../demo/catalogue/catalogue.ts';

/** An item of the demo with its picture as a file holds it. */
export interface PicturedDemoItem {
  readonly item: DemoItem;
  readonly picture: Uint8Array;
}

export async function drawDemoItems(count: number): Promise<readonly PicturedDemoItem[]> {
  const drawn: PicturedDemoItem[] = [];
  for (const { item, picture } of demoItems(count))
    drawn.push({ item, picture: await sharp(Buffer.from(picture)).webp({ quality: 84, effort: 1 }).toBuffer() });
  return drawn;
}

/** The words of an item as a shop describes it. */
export function textOf({ item }: PicturedDemoItem): string {
  return `${item.title}. ${item.description}`;
}

/** Writes a catalogue of the items into a folder; resolves to its file. */
export async function writeDemoShop(folder: string, drawn: readonly PicturedDemoItem[]): Promise<string> {
  await mkdir(join(folder, 'images'), { recursive: true });
  for (const { item, picture } of drawn) await writeFile(join(folder, item.image), picture);
  await writeFile(join(folder, 'items.jsonl'), drawn.map(({ item }) => `${JSON.stringify(item)}\n`).join(''));
  const file = join(folder, 'catalogue.json');
  await writeFile(file, JSON.stringify(CATALOGUE_FILE));
  return file;
}
