import type { BehaviourSource } from './behaviour-source.ts';
import type { LoggedQuery } from './catalogue/fitting/draw-sample.ts';
import { meantWords } from './ranking/window.ts';
import type { WindowStore } from './window-store.ts';

const MOST_PAIRS = 20_000;

/**
 * The words of logged queries that ended in a click or purchase, with the item that was chosen: they teach the next bridge. Misspelt
 * words as they were meant: so they were ranked, and so the next ones will be.
 */
export async function queriesThatLed(
  behaviour: BehaviourSource,
  windows: WindowStore,
): Promise<readonly LoggedQuery[]> {
  const pairs = await behaviour.engagedPairs(MOST_PAIRS);
  const words = new Map<string, string>();
  for (const queryId of new Set(pairs.map((pair) => pair.queryId))) {
    const window = await windows.logged(queryId);
    const asked = window && meantWords(window);
    if (asked !== undefined) words.set(queryId, asked);
  }
  return pairs.flatMap(({ queryId, itemId }) => {
    const text = words.get(queryId);
    return text === undefined ? [] : [{ text, itemId }];
  });
}
