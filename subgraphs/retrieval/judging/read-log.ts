import type { ViewerRef } from '../../../src/vocabulary/search-request.ts';
import type { Reaction } from '../../../src/vocabulary/viewer-event.ts';
import type { BehaviourSource } from '../behaviour-source.ts';
import type { LoggedWindow, LogPlace, WindowStore } from '../window-store.ts';
import { shownIn, wordsAlone } from './logged-search.ts';
import type { LoggedSearch } from './logged-search.ts';

export interface LogOrder {
  /** Epoch milliseconds. */
  readonly since: number;
  /** The newest so many. */
  readonly most: number;
}

/** Some of the log, and how far the reading has come. */
export interface LogPart {
  readonly done: number;
  readonly total: number;
  readonly searches: readonly LoggedSearch[];
}

export interface LogPorts {
  readonly windows: Pick<WindowStore, 'countSince' | 'loggedSince'>;
  readonly behaviour: Pick<BehaviourSource, 'reactions'>;
}

/** Windows in memory at once; each may take a megabyte. */
const AT_ONCE = 50;

/** Searches in words alone with what came of them, newest first, some at a time. */
export type QueryLog = (order: LogOrder) => AsyncIterable<LogPart>;

export function queryLog(ports: LogPorts): QueryLog {
  return (order) => readLog(ports, order);
}

async function* readLog({ windows, behaviour }: LogPorts, { since, most }: LogOrder): AsyncGenerator<LogPart> {
  const total = Math.min(most, await windows.countSince(since));
  const viewers = new ViewerNumbers();
  let behind: LogPlace | undefined;
  for (let done = 0; done < total;) {
    const logged = await windows.loggedSince(since, { behind, limit: Math.min(AT_ONCE, total - done) });
    const last = logged.at(-1);
    if (!last) return;
    behind = { at: last.at, queryId: last.window.queryId };
    done += logged.length;
    yield { done, total, searches: searchesIn(logged, await reactionsTo(logged, behaviour), viewers) };
  }
}

async function reactionsTo(
  logged: readonly LoggedWindow[],
  behaviour: LogPorts['behaviour'],
): Promise<ReadonlyMap<string, readonly Reaction[]>> {
  const asked = logged.flatMap(({ window }) => (wordsAlone(window) === undefined ? [] : [window.queryId]));
  return Map.groupBy(await behaviour.reactions(asked), ({ queryId }) => queryId);
}

/** A search of nobody from which nothing came, as those of a tuning or of a watchdog, tells nothing of its items. */
function searchesIn(
  logged: readonly LoggedWindow[],
  reactions: ReadonlyMap<string, readonly Reaction[]>,
  viewers: ViewerNumbers,
): readonly LoggedSearch[] {
  return logged.flatMap(({ window }) => {
    const words = wordsAlone(window);
    const own = reactions.get(window.queryId) ?? [];
    const { viewer } = window.request;
    if (words === undefined || (own.length === 0 && nameOf(viewer) === undefined)) return [];
    return [{ words, viewer: viewers.of(viewer), shown: shownIn(window, own) }];
  });
}

/** Numbers viewers as they come, so that none is named. Who is unknown is somebody else each time. */
class ViewerNumbers {
  readonly #known = new Map<string, number>();
  #last = 0;

  of(viewer: ViewerRef): number {
    const name = nameOf(viewer);
    const known = name === undefined ? undefined : this.#known.get(name);
    if (known !== undefined) return known;
    this.#last += 1;
    if (name !== undefined) this.#known.set(name, this.#last);
    return this.#last;
  }
}

function nameOf({ userId, clientId }: ViewerRef): string | undefined {
  if (userId !== undefined) return `u:${userId}`;
  return clientId === undefined ? undefined : `c:${clientId}`;
}
