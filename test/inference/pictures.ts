import sharp from 'sharp';

/** A plain picture of one colour, as PNG unless told otherwise. */
export async function plainPicture(
  background: string,
  { width = 48, height = 48, format = 'png' as 'png' | 'jpeg' | 'webp' } = {},
): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

/** A picture with so much in it that its bytes cannot be cut unnoticed. */
export async function noisyPicture({ side = 256, format = 'jpeg' as 'png' | 'jpeg' } = {}): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width: side, height: side, channels: 3, background: '#888', noise } })
    .toFormat(format)
    .toBuffer();
}
