import sharp from 'sharp';

/** A picture as a browser can show it, and how its file is to be called. */
export interface BrowserPicture {
  readonly bytes: Uint8Array;
  readonly extension: '.jpg' | '.png' | '.webp' | '.gif' | '.avif';
}

const AS_THEY_ARE = { jpeg: '.jpg', png: '.png', webp: '.webp', gif: '.gif' } as const;

/** Leaves alone what every browser shows, and makes WebP of the rest (TIFF, HEIC). The bytes are a picture: `checkPicture` has said so. */
export async function forBrowsers(bytes: Uint8Array): Promise<BrowserPicture> {
  const { format, compression } = await sharp(bytes).metadata();
  if (format in AS_THEY_ARE) return { bytes, extension: AS_THEY_ARE[format as keyof typeof AS_THEY_ARE] };
  if (compression === 'av1') return { bytes, extension: '.avif' };
  return { bytes: await sharp(bytes).autoOrient().webp().toBuffer(), extension: '.webp' };
}
