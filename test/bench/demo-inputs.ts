import sharp from 'sharp';
import { demoItems } from '../../demo/catalogue/catalogue.ts';

/** What the demo catalogue gives encoders to do: the whole texts of items, and their pictures as files hold them. */
export interface DemoInputs {
  readonly texts: readonly string[];
  readonly pictures: readonly Uint8Array[];
}

export async function demoInputs(count: number): Promise<DemoInputs> {
  const drawn = [...demoItems(count)];
  return {
    texts: drawn.map(({ item }) => `${item.title}. ${item.description}`),
    pictures: await Promise.all(
      drawn.map(({ picture }) => sharp(Buffer.from(picture)).webp({ quality: 84, effort: 1 }).toBuffer()),
    ),
  };
}
