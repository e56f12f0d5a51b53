import sharp from 'sharp';
import { EncodingFailure } from './encoder.ts';
import type { PictureShape } from './manifest.ts';

export interface PictureLimits {
  readonly bytes: number;
  readonly pixels: number;
}

export const PICTURE_LIMITS: PictureLimits = { bytes: 20_000_000, pixels: 40_000_000 };

/** The longest that one picture may be decoded: what takes longer keeps a thread from the pictures of others. */
export const DECODING = { seconds: 30 } as const;

/** What sharp calls the formats that are read. SVG and PDF are programs more than pictures, and stay out. */
const FORMATS = new Set<string>(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif', 'avif']);

const WHITE = { r: 255, g: 255, b: 255 };

// Many pictures are read at once, a core each: more threads for one of them would only stand in each other's way.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Checks that the bytes are a picture within the limits, without decoding it.
 *
 * @throws EncodingFailure IMAGE_TOO_LARGE or IMAGE_UNREADABLE
 */
export async function checkPicture(bytes: Uint8Array, limits: PictureLimits = PICTURE_LIMITS): Promise<void> {
  if (bytes.byteLength === 0) throw unreadable();
  if (bytes.byteLength > limits.bytes) throw tooLarge(bytes.byteLength / 1e6, limits.bytes / 1e6, 'MB');
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(refuse);
  if (!FORMATS.has(header.format)) throw unreadable();
  const pixels = header.width * header.height;
  if (pixels > limits.pixels) throw tooLarge(pixels / 1e6, limits.pixels / 1e6, 'megapixels');
}

/**
 * Decodes a picture to RGB bytes `[height, width, 3]`: turned as its EXIF says, on white, resized. The first frame of
 * an animation counts.
 *
 * @throws EncodingFailure IMAGE_TOO_LARGE or IMAGE_UNREADABLE
 */
export async function decodePicture(
  bytes: Uint8Array,
  { width, height, resize }: Pick<PictureShape, 'width' | 'height' | 'resize'>,
  limits: PictureLimits = PICTURE_LIMITS,
): Promise<Uint8Array> {
  await checkPicture(bytes, limits);
  const fit = resize === 'contain-white' ? 'contain' : resize;
  return sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'error' })
    .timeout(DECODING)
    .autoOrient()
    .flatten({ background: WHITE })
    .resize({ width, height, fit, background: WHITE })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer()
    .catch(refuse);
}

/** Lays decoded pixels out as the model wants them; uint8 NHWC is how they already lie. */
export function layOut(
  pixels: Uint8Array,
  { width, height, layout, dtype, mean, std }: PictureShape,
): Uint8Array | Float32Array {
  if (layout === 'nhwc' && dtype === 'uint8') return pixels;
  const plane = width * height;
  const laid = dtype === 'uint8' ? new Uint8Array(plane * 3) : new Float32Array(plane * 3);
  for (let channel = 0; channel < 3; channel++) {
    const shift = mean[channel] ?? 0;
    const spread = std[channel] ?? 1;
    for (let i = 0; i < plane; i++) {
      const pixel = pixels[i * 3 + channel] ?? 0;
      const value = dtype === 'uint8' ? pixel : (pixel / 255 - shift) / spread;
      laid[layout === 'nchw' ? channel * plane + i : i * 3 + channel] = value;
    }
  }
  return laid;
}

function tooLarge(came: number, limit: number, what: string): EncodingFailure {
  return new EncodingFailure(
    'IMAGE_TOO_LARGE',
    `The picture has ${came.toFixed(1)} ${what}; at most ${limit} are allowed.`,
  );
}

function unreadable(): EncodingFailure {
  return new EncodingFailure(
    'IMAGE_UNREADABLE',
    'The bytes are not a whole picture; send JPEG, PNG, WebP, AVIF, GIF or TIFF.',
  );
}

function refuse(error: unknown): never {
  if (!(error instanceof Error) || !error.message.startsWith('timeout')) throw unreadable();
  throw new EncodingFailure(
    'IMAGE_UNREADABLE',
    `The picture takes more than ${DECODING.seconds} s to decode; send it smaller, or as JPEG.`,
  );
}
