import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCornerShop } from './corner-shop.ts';

const ROOMS = ['kitchen', 'bedroom', 'garden', 'hallway', 'study', 'cellar', 'balcony'];
const MOODS = ['cosy', 'stern', 'playful', 'rustic', 'airy', 'opulent', 'nordic', 'urban', 'antique'];

/** Records tell room and mood, titles do not: of this text alone, which is mostly the title, finds little, so there is something to learn. */
export async function writeFurnishedShop(folder: string, items = 60): Promise<string> {
  const file = await writeCornerShop(folder, items);
  const read = async (path: string) => readFile(path, 'utf8');
  const lines = (await read(join(folder, 'items.jsonl'))).split('\n').map((line, n) => {
    const item = JSON.parse(line) as object;
    return JSON.stringify({ ...item, room: ROOMS[n % ROOMS.length], mood: MOODS[n % MOODS.length] });
  });
  const catalogue = JSON.parse(await read(file)) as { readonly attributes: object };
  const attributes = { ...catalogue.attributes, room: 'string', mood: 'string' };
  await writeFile(join(folder, 'items.jsonl'), lines.join('\n'));
  await writeFile(file, JSON.stringify({ ...catalogue, attributes }));
  return file;
}
