import sharp from 'sharp';
import { describe, expect, it } from '@jest/globals';
import { decodePicture, layOut } from '../../src/inference/picture-tensor.ts';
import { noisyPicture, plainPicture } from './pictures.ts';

const SMALL = { width: 4, height: 4, resize: 'fill' } as const;
const BLUE = [0, 0, 255];

describe('reading a picture', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const)('reads %s', async (format) => {
    const pixels = await decodePicture(await plainPicture('#0000ff', { format }), SMALL);
    expect(pixels).toHaveLength(4 * 4 * 3);
    expect(pixels[2]).toBeGreaterThan(240);
  });

  it('refuses a picture of 50 megapixels before decoding it', async () => {
    const huge = await plainPicture('#ffffff', { width: 10_000, height: 5_000 });
    await expect(decodePicture(huge, SMALL)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringContaining('50.0 megapixels'),
    });
  });

  it('refuses more bytes than the limit', async () => {
    const limits = { bytes: 100, pixels: 40_000_000 };
    await expect(decodePicture(await noisyPicture(), SMALL, limits)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it.each([
    ['a text file', () => Promise.resolve(Buffer.from('Dear sir or madam'))],
    ['no bytes at all', () => Promise.resolve(new Uint8Array())],
    ['an SVG', () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))],
    ['a JPEG that was cut off', async () => (await noisyPicture()).slice(0, 6000)],
    ['a PNG without its end', async () => (await plainPicture('#ff0000', { width: 300, height: 300 })).slice(0, 200)],
  ])('calls %s unreadable', async (_, bytes) => {
    await expect(decodePicture(await bytes(), SMALL)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('turns a photo as its EXIF says', async () => {
    const upright = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } })
      .composite([{ input: { create: { width: 8, height: 4, channels: 3, background: '#0000ff' } }, top: 0, left: 0 }])
      .withMetadata({ orientation: 3 })
      .png()
      .toBuffer();
    const pixels = await decodePicture(upright, { width: 8, height: 8, resize: 'fill' });
    expect([...pixels.slice(-3)]).toEqual(BLUE);
  });

  it('puts a transparent picture on white, and white beside a narrow one', async () => {
    const clear = await sharp({
      create: { width: 2, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const pixels = await decodePicture(clear, { width: 8, height: 8, resize: 'contain-white' });
    expect([...pixels].every((value) => value === 255)).toBe(true);
  });

  it('lays pixels out by channel as floats for a tower that was trained so', () => {
    const pixels = new Uint8Array([255, 0, 51, 0, 255, 102]);
    const shape = { width: 2, height: 1, resize: 'fill', layout: 'nchw', dtype: 'float32' } as const;
    const laid = layOut(pixels, { ...shape, mean: [0.5, 0.5, 0], std: [0.5, 0.5, 1] });
    expect([...laid].map((value) => Math.round(value * 100) / 100)).toEqual([1, -1, -1, 1, 0.2, 0.4]);
  });
});
