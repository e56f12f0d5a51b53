import type { BehaviourSource } from './behaviour-source.ts';
import type { LoggedQuery } from './catalogue/fitting/draw-sample.ts';
import type { WindowStore } from './window-store.ts';

const MOST_PAIRS = 20_000;

/** The words of logged queries that ended in a click or purchase, with the item that was chosen: they teach the next bridge. */
export async function queriesThatLed(
  behaviour: BehaviourSource,
  windows: WindowStore,
): Promise<readonly LoggedQuery[]> {
  const pairs = await behaviour.engagedPairs(MOST_PAIRS);
  const words = new Map<string, string>();
  for (const queryId of new Set(pairs.map((pair) => pair.queryId))) {
    const request = (await windows.logged(queryId))?.request;
    if (request?.kind !== 'SEARCH') continue;
    const texts = request.parts.flatMap((part) => (part.kind === 'TEXT' && part.weight > 0 ? [part.text] : []));
    if (texts.length > 0) words.set(queryId, texts.join(' '));
  }
  return pairs.flatMap(({ queryId, itemId }) => {
    const text = words.get(queryId);
    return text === undefined ? [] : [{ text, itemId }];
  });
}
