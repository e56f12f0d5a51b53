import { LRUCache } from 'lru-cache';

/** What /pictures/~kept/ stands on: the bytes of a picture that came with an item as an upload. Throws UNKNOWN_IMAGE. */
export interface KeptPictures {
  get(name: string): Promise<Uint8Array>;
}

/** How much is remembered of them, bytes. */
const ROOM = 32_000_000;

/** The same pictures, of which those that are shown most are asked for once: by many at the same time, or one after another. */
export function remembered(pictures: KeptPictures): KeptPictures {
  const known = new LRUCache<string, Uint8Array>({
    maxSize: ROOM,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
    fetchMethod: (name) => pictures.get(name),
    // Who waits for a picture gets it, also where others push it out meanwhile.
    ignoreFetchAbort: true,
  });
  return { get: (name) => known.forceFetch(name) };
}
