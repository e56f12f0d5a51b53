import type { ServingIndex } from './serving-index.ts';

/** How often a search is made again because a catalogue was published under it: twice running is rare, thrice is no accident. */
const AGAIN = 3;

/**
 * What comes of work on one generation: where another is published meanwhile, the work may have seen half of each, or failed because
 * what it brought from the one does not fit the other, so it is done again. Work that begins and ends under one generation saw
 * that one alone, for a switch is seen by the next call.
 */
export async function onOneGeneration<T>(index: ServingIndex, work: () => Promise<T>): Promise<T> {
  for (let left = AGAIN; ; left--) {
    const before = index.serving().head.id;
    const replaced = (): boolean => left > 0 && index.serving().head.id !== before;
    try {
      const done = await work();
      if (!replaced()) return done;
    } catch (error) {
      if (!replaced()) throw error;
    }
  }
}
