import { pictureKey } from './encoding/encode-items.ts';
import type { EncodePorts } from './encoding/encode-items.ts';
import type { PictureSource } from './reading/picture-source.ts';

export interface ShownPicturesPorts extends Pick<EncodePorts, 'encodings'> {
  readonly encoders: { readonly picture: { readonly space: string } };
  /** The bytes of a picture by its URL, or by the path that this service serves it at. */
  readonly fetchPicture: (url: string) => Promise<Uint8Array>;
}

/** Reads pictures by the URLs that items show them at; of those of `kept`, no picture whose features are known is asked for again. */
export async function shownPictures(kept: readonly string[], ports: ShownPicturesPorts): Promise<PictureSource> {
  const { encoders, encodings, fetchPicture } = ports;
  const keys = new Map(kept.map((url) => [url, pictureKey(url)]));
  const known = await encodings.get(encoders.picture.space, [...new Set(keys.values())]);
  return (url) => {
    const key = keys.get(url);
    return key !== undefined && known.has(key) ? Promise.resolve({ key }) : fetchPicture(url);
  };
}
