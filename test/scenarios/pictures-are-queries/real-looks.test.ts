import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { demoItems } from '../../../demo/catalogue/catalogue.ts';
import type { DrawnItem } from '../../../demo/catalogue/catalogue.ts';
import { CATALOGUE_FILE } from '../../../demo/catalogue/catalogue-file.ts';
import { openEncoders } from '../../../src/inference/open-encoders.ts';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import { PICTURE_MODEL, TEXT_MODEL } from '../../inference/model-folders.ts';
import { upsert } from '../../support/item-writes.ts';
import { openShop } from '../../support/shop.ts';
import type { Shop } from '../../support/shop.ts';

const drawn = new Map([...demoItems(60)].map((one) => [one.item.id, one] as const));

const draw = (one: DrawnItem): Promise<Buffer> =>
  sharp(Buffer.from(one.picture)).resize(160, 160).jpeg({ quality: 80 }).toBuffer();

async function writeDrawn(folder: string): Promise<string> {
  await mkdir(join(folder, 'images'));
  for (const { item, picture } of drawn.values())
    await sharp(Buffer.from(picture)).webp({ effort: 0 }).toFile(join(folder, item.image));
  await writeFile(join(folder, 'items.jsonl'), [...drawn.values()].map(({ item }) => JSON.stringify(item)).join('\n'));
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(CATALOGUE_FILE));
  return join(folder, 'catalogue.json');
}

let encoders: Encoders;
let shop: Shop;
beforeAll(async () => {
  encoders = await openEncoders({ text: TEXT_MODEL, picture: PICTURE_MODEL, workers: 1 });
  shop = await openShop({
    catalogue: writeDrawn,
    encoders,
    env: { MEDLEY_ENCODING_DEADLINE: '30000', MEDLEY_DEADLINE: '60000' },
  });
});
afterAll(async () => {
  await shop.close();
  await encoders.close();
});

const departmentOf = (id: string): string | undefined => drawn.get(id)?.item.category[1];
const some = (every: number): readonly DrawnItem[] => [...drawn.values()].filter((_, n) => n % every === 0);

async function found(...parts: readonly object[]): Promise<readonly string[]> {
  return (await shop.search({ parts }, { first: 60 })).edges.map(({ itemId }) => itemId);
}

describe('with the models that Medley ships', () => {
  it('a photo of an item, smaller and in another format, finds the item itself', async () => {
    for (const one of some(10)) {
      const imageId = await shop.upload(await draw(one));
      expect((await found({ imageId })).slice(0, 2)).toContain(one.item.id);
    }
  });

  it('what is found by a photo is mostly of the same kind', async () => {
    let alike = 0;
    for (const one of some(6)) {
      const imageId = await shop.upload(await draw(one));
      const [first = '', second = '', third = ''] = await found({ imageId });
      const kinds = [first, second, third].map(departmentOf);
      alike += kinds.filter((kind) => kind === one.item.category[1]).length;
    }
    // By chance it were one in ten.
    expect(alike / 30).toBeGreaterThan(0.6);
  });

  it('a negative photo moves what looks like it to the end', async () => {
    const [one] = some(60);
    if (!one) throw new Error('there is no item');
    const imageId = await shop.upload(await draw(one));
    const wanted = await found({ text: one.item.title });
    const unlike = await found({ text: one.item.title }, { imageId, weight: -1 });
    expect(wanted[0]).toBe(one.item.id);
    expect(unlike.indexOf(one.item.id)).toBeGreaterThan(0);
  });

  it('words that mean nothing bring next to nothing, a picture always something', async () => {
    const [sense, nonsense] = await Promise.all([found({ text: 'dotted mug' }), found({ text: 'qwzx vrtpl' })]);
    expect(nonsense.length).toBeLessThan(sense.length / 2);
    const noise = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#f0f' } })
      .png()
      .toBuffer();
    expect(await found({ imageId: await shop.upload(noise) })).toHaveLength(60);
  });

  it('an item that was just written is found by its look and by the meaning of its words', async () => {
    const unseen = [...demoItems(90)].at(-1)?.picture ?? '';
    const picture = await sharp(Buffer.from(unseen)).png().toBuffer();
    const imageId = await shop.upload(picture);
    await upsert(shop, { id: 'new', title: 'Accordion for beginners', images: [{ imageId }] });
    const photo = await shop.upload(await sharp(picture).resize(100, 100).jpeg().toBuffer());
    expect((await found({ imageId: photo })).slice(0, 2)).toContain('new');
    expect((await found({ text: 'a musical instrument' }))[0]).toBe('new');
  });
});
