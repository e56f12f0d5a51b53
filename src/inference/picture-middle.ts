import sharp from 'sharp';
import { checkPicture, DECODING, PICTURE_LIMITS } from './picture-tensor.ts';

/** Of width and height each. */
const SHARE = 0.6;
/** Wide enough for any model; a larger picture would take long to pack. */
const WIDEST = 512;

/** The middle of a picture as a picture of its own, PNG; undefined where the bytes are no picture that is read, or too large a one. */
export async function pictureMiddle(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    await checkPicture(bytes);
    const { autoOrient } = await sharp(bytes, { limitInputPixels: PICTURE_LIMITS.pixels }).metadata();
    const [width, height] = [autoOrient.width, autoOrient.height].map((side) => Math.max(1, Math.round(SHARE * side)));
    if (!width || !height) return undefined;
    return await sharp(bytes, { limitInputPixels: PICTURE_LIMITS.pixels })
      .timeout(DECODING)
      .autoOrient()
      .extract({
        left: Math.floor((autoOrient.width - width) / 2),
        top: Math.floor((autoOrient.height - height) / 2),
        width,
        height,
      })
      .resize({ width: WIDEST, height: WIDEST, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch {
    return undefined;
  }
}
