import sharp from 'sharp';

/** How much lighter the field is. */
const LIGHT = 60;

/**
 * A square PNG with a lighter field at one of eight places, four in a row. `valueOf` tells the channels of each pixel, row by row;
 * values are kept from 0 to 255.
 */
export function paintField(
  side: number,
  place: number,
  valueOf: (channel: number, light: number) => number,
): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 3);
  for (let at = 0; at < side * side; at++) {
    const [column, row] = [Math.floor((4 * (at % side)) / side), Math.floor((2 * at) / (side * side))];
    const light = column === place % 4 && row === Math.floor(place / 4) ? LIGHT : 0;
    for (let channel = 0; channel < 3; channel++)
      pixels[3 * at + channel] = Math.min(255, Math.max(0, valueOf(channel, light)));
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}
