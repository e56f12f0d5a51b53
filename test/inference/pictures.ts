import sharp from 'sharp';

export interface PlainPicture {
  readonly width?: number;
  readonly height?: number;
  readonly format?: 'png' | 'jpeg' | 'webp' | 'avif' | 'gif' | 'tiff';
}

/** A plain picture of one colour, a PNG of 48 x 48 unless told otherwise. */
export async function plainPicture(
  background: string,
  { width = 48, height = 48, format = 'png' }: PlainPicture = {},
): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

/** A JPEG with so much in it that its bytes cannot be cut unnoticed. */
export async function noisyPicture(side = 256): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width: side, height: side, channels: 3, background: '#888', noise } })
    .jpeg()
    .toBuffer();
}
