const { imul } = Math;

/**
 * A repeatable source of numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). Figures and the demo catalogue that are committed
 * rest on its very numbers, so no library that counts otherwise can take its place.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
