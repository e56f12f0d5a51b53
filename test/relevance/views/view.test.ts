import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { grid, partial } from './view.ts';

const LEFT = { r: 200, g: 10, b: 10 };
const RIGHT = { r: 10, g: 10, b: 200 };

/** Red on the left, blue on the right. */
async function twoHalves(): Promise<Uint8Array> {
  const right = await sharp({ create: { width: 40, height: 40, channels: 3, background: RIGHT } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 80, height: 40, channels: 3, background: LEFT } })
    .composite([{ input: right, left: 40, top: 0 }])
    .png()
    .toBuffer();
}

describe('a grid of views', () => {
  it('reaches every edge, row by row', () => {
    expect(grid(2, 0.5)).toEqual([
      { left: 0, top: 0, size: 0.5 },
      { left: 0.5, top: 0, size: 0.5 },
      { left: 0, top: 0.5, size: 0.5 },
      { left: 0.5, top: 0.5, size: 0.5 },
    ]);
  });

  it('shows that part of the picture and nothing else', async () => {
    const picture = await twoHalves();
    const colours = await Promise.all(
      grid(2, 0.5).map(async (part) => {
        const { data, info } = await sharp(await partial(part)(picture))
          .removeAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect(info).toMatchObject({ width: 40, height: 20 });
        return new Set(Array.from({ length: 800 }, (_, at) => data.subarray(3 * at, 3 * at + 3).join(' ')));
      }),
    );
    const [red, blue] = [LEFT, RIGHT].map(({ r, g, b }) => new Set([`${r} ${g} ${b}`]));
    expect(colours).toEqual([red, blue, red, blue]);
  });
});
