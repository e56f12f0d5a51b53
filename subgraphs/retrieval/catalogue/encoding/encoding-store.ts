import type { Vector } from '../../../../src/vocabulary/vector.ts';

/**
 * What encoders made, by space and content hash, so that an interrupted build resumes, a second build encodes nothing twice,
 * and live changes and new fits can be computed from the encoder's own vectors. Durable when `put` resolves.
 */
export interface EncodingStore {
  /** The known ones among the keys. */
  get(space: string, keys: readonly string[]): Promise<ReadonlyMap<string, Vector>>;
  /** What was put last under a key is what is known: a photo may change at its address. */
  put(space: string, entries: ReadonlyMap<string, Vector>): Promise<void>;
  close(): Promise<void>;
}

/** In memory, for tests. */
export function memoryEncodingStore(): EncodingStore {
  const spaces = new Map<string, Map<string, Vector>>();
  return {
    get: (space, keys) => {
      const known = spaces.get(space);
      const found = keys.flatMap((key) => {
        const vector = known?.get(key);
        return vector ? [[key, vector] as const] : [];
      });
      return Promise.resolve(new Map(found));
    },
    put: (space, entries) => {
      spaces.set(space, new Map([...(spaces.get(space) ?? []), ...entries]));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
