import { createHash } from 'node:crypto';
import { decodePicture, PICTURE_LIMITS } from '../../src/inference/picture-tensor.ts';
import type { PictureLimits } from '../../src/inference/picture-tensor.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import { toMedleyError } from './picture-error.ts';

/** Uploaded pictures, by id, until they expire. */
export interface PictureStore {
  /**
   * Keeps an uploaded picture and answers its id, once it is durable; the same picture has the same id.
   *
   * @throws MedleyError IMAGE_UNREADABLE or IMAGE_TOO_LARGE
   */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws MedleyError UNKNOWN_IMAGE for an id that was never given, or has expired. */
  get(id: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface PictureLifetime {
  /** Milliseconds from the last upload of a picture until it expires. */
  readonly maxAge: number;
  /** Bytes kept together; beyond it the oldest go first. */
  readonly maxBytes: number;
  readonly limits?: PictureLimits;
}

/** Small enough to be quick, and yet every byte of the picture is read. */
const PROBE = { width: 16, height: 16, resize: 'fill' } as const;

/**
 * The id of a picture that may be kept: the beginning of its hash.
 *
 * @throws MedleyError IMAGE_UNREADABLE or IMAGE_TOO_LARGE
 */
export async function admitted(bytes: Uint8Array, limits: PictureLimits = PICTURE_LIMITS): Promise<string> {
  await decodePicture(bytes, PROBE, limits).catch((error: unknown) => {
    throw toMedleyError(error);
  });
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

export function isPictureId(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id);
}

export function unknownPicture(): MedleyError {
  return new MedleyError('UNKNOWN_IMAGE', 'No uploaded picture has this id, or it has expired. Upload it again.');
}
