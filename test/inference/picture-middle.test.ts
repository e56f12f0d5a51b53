import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { pictureMiddle } from '../../src/inference/picture-middle.ts';

/** A blue thing in the middle of red. */
async function photo(width: number, height: number): Promise<Buffer> {
  const [wide, high] = [Math.ceil(0.62 * width), Math.ceil(0.62 * height)];
  const thing = await sharp({ create: { width: wide, height: high, channels: 3, background: 'blue' } })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: 'red' } })
    .composite([{ input: thing }])
    .png()
    .toBuffer();
}

describe('the middle of a picture', () => {
  it('is what stands there, without what is around it', async () => {
    const middle = await pictureMiddle(await photo(100, 50));
    const { channels } = await sharp(middle).stats();
    expect(channels.map(({ mean }) => Math.round(mean)).slice(0, 3)).toEqual([0, 0, 255]);
    expect(await sharp(middle).metadata()).toMatchObject({ width: 60, height: 30 });
  });

  it('is turned as the photo is', async () => {
    const turned = await sharp(await photo(100, 50))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await sharp(await pictureMiddle(turned)).metadata()).toMatchObject({ width: 30, height: 60 });
  });

  it('is not there where the bytes are no picture', async () => {
    expect(await pictureMiddle(Buffer.from('no picture'))).toBeUndefined();
  });

  it('is never drawn from an SVG, which may take as long to draw as its author likes', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    expect(await pictureMiddle(Buffer.from(svg))).toBeUndefined();
  });

  it('of a single pixel is that pixel', async () => {
    expect(await sharp(await pictureMiddle(await photo(1, 1))).metadata()).toMatchObject({ width: 1, height: 1 });
  });
});
