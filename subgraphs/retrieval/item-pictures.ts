import { forBrowsers } from '../../src/inference/picture-for-browsers.ts';
import { PICTURE_LIMITS } from '../../src/inference/picture-tensor.ts';
import { isServed, servedPicture } from '../../src/runtime/catalogue-pictures.ts';
import { KEPT_PATH, keptName } from '../../src/runtime/kept-picture.ts';
import { pictureFetcher } from '../../src/runtime/picture-fetch.ts';
import type { PictureFetchOptions } from '../../src/runtime/picture-fetch.ts';
import type { LiveWritePorts } from './catalogue/live-writes.ts';
import type { KeptPictures } from './kept-pictures.ts';

/** The pictures that live writes name. */
export interface ItemPictures extends Pick<LiveWritePorts, 'fetchPicture' | 'keepUpload'> {
  close(): Promise<void>;
}

export interface ItemPicturesSettings extends Pick<PictureFetchOptions, 'reach'> {
  readonly dataFolder: string;
  readonly kept: KeptPictures;
  /** The bytes of an uploaded picture. Throws UNKNOWN_IMAGE. */
  readonly uploaded: (imageId: string) => Promise<Uint8Array>;
}

/** How long a picture by URL may take, milliseconds. */
const FETCH_TIMEOUT = 5000;

/** An upload is forgotten after its time, but an item shows its picture for as long as it is there: so it is kept with the items. */
export function itemPictures({ dataFolder, kept, reach, uploaded }: ItemPicturesSettings): ItemPictures {
  const fetcher = pictureFetcher({ maxBytes: PICTURE_LIMITS.bytes, timeout: FETCH_TIMEOUT, reach });
  return {
    fetchPicture: async (url) => {
      if (!isServed(url)) return fetcher.fetch(url);
      const name = keptName(url);
      return name === undefined ? servedPicture(dataFolder, url) : kept.get(name);
    },
    keepUpload: async (imageId) => {
      const { bytes, extension } = await forBrowsers(await uploaded(imageId));
      const name = `${imageId}${extension}`;
      await kept.put(name, bytes);
      return `${KEPT_PATH}${name}`;
    },
    close: async () => {
      await Promise.all([fetcher.close(), kept.close()]);
    },
  };
}
