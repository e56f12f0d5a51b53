import sharp from 'sharp';
import { pictureMiddle } from '../../../src/inference/picture-middle.ts';

/** A way of looking at a picture: a picture made of its bytes. */
export type View = (bytes: Uint8Array) => Promise<Uint8Array>;

/** The upper left corner and the size of a square part, as shares of a picture's width and height. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

export const WHOLE: View = (bytes) => Promise.resolve(bytes);

/** As the product cuts it. */
export const MIDDLE: View = async (bytes) => (await pictureMiddle(bytes)) ?? bytes;

/** `count` by `count` parts of the same size, evenly placed from edge to edge, row by row; they overlap where `size` exceeds 1 / count. */
export function grid(count: number, size: number): readonly Part[] {
  const places = Array.from({ length: count }, (_, i) => (i * (1 - size)) / Math.max(1, count - 1));
  return places.flatMap((top) => places.map((left) => ({ left, top, size })));
}

/** A part of a picture, PNG. */
export function partial({ left, top, size }: Part): View {
  return async (bytes) => {
    const { width, height } = (await sharp(bytes).metadata()).autoOrient;
    const [wide, high] = [width, height].map((side) => Math.max(1, Math.floor(size * side)));
    const [x, y] = [Math.floor(left * width), Math.floor(top * height)];
    return sharp(bytes)
      .autoOrient()
      .extract({ left: x, top: y, width: wide ?? 1, height: high ?? 1 })
      .png({ compressionLevel: 1 })
      .toBuffer();
  };
}
