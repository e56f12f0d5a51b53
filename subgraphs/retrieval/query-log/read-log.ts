import type { Reaction } from '../../../src/vocabulary/viewer-event.ts';
import type { BehaviourSource } from '../behaviour-source.ts';
import type { LoggedWindow, LogPlace, WindowStore } from '../window-store.ts';
import { asQuery, foundIn, isRankedByProfile, rankedByIn, shownIn, wordsOf } from './logged-search.ts';
import type { LoggedSearch } from './logged-search.ts';
import { isKnown, ViewerNumbers } from './viewer-numbers.ts';

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
  /** In words, newest first. */
  readonly searches: readonly LoggedSearch[];
  readonly others: OtherSearches;
}

/** How many searches of which nothing more is told. */
export interface OtherSearches {
  /** For nothing, as the page of a category. */
  readonly browses: number;
  /** With a picture or an item, or for several texts. */
  readonly pictures: number;
  /** In words, of nobody, from which nothing came, as those of a tuning or of a watchdog: they tell nothing of their items. */
  readonly nobodys: number;
}

export interface LogPorts {
  readonly windows: Pick<WindowStore, 'countSince' | 'loggedSince'>;
  readonly behaviour: Pick<BehaviourSource, 'reactions'>;
}

/** Windows in memory at once; each may take a megabyte. */
const AT_ONCE = 50;

/** Searches in words with what came of them, newest first, some at a time. */
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
    const searches = searchesIn(logged, await reactionsTo(logged, behaviour), viewers);
    yield { done, total, searches, others: othersIn(logged, searches.length) };
  }
}

async function reactionsTo(
  logged: readonly LoggedWindow[],
  behaviour: LogPorts['behaviour'],
): Promise<ReadonlyMap<string, readonly Reaction[]>> {
  const asked = logged.flatMap(({ window }) => (wordsOf(window) === undefined ? [] : [window.queryId]));
  return Map.groupBy(await behaviour.reactions(asked), ({ queryId }) => queryId);
}

function searchesIn(
  logged: readonly LoggedWindow[],
  reactions: ReadonlyMap<string, readonly Reaction[]>,
  viewers: ViewerNumbers,
): readonly LoggedSearch[] {
  return logged.flatMap(({ at, window }) => {
    const { request, didYouMean } = window;
    const typed = wordsOf(window);
    const own = reactions.get(window.queryId) ?? [];
    const known = isKnown(request.viewer);
    if (request.kind !== 'SEARCH' || typed === undefined || (own.length === 0 && !known)) return [];
    const alone = isRankedByProfile(request);
    const words = didYouMean === undefined ? typed : asQuery(didYouMean);
    const found = alone ? foundIn(window) : undefined;
    const shown = shownIn(window, request, own);
    const viewer = viewers.of(request.viewer);
    const rankedBy = rankedByIn(window.ranking, request.profile);
    return [{ at, typed, words, viewer, known, alone, rankedBy, found, shown }];
  });
}

function othersIn(logged: readonly LoggedWindow[], told: number): OtherSearches {
  const queries = logged.flatMap(({ window }) => (window.request.kind === 'SEARCH' ? [window.request] : []));
  const browses = queries.filter(({ parts }) => parts.length === 0).length;
  const inWords = queries.filter((request) => wordsOf({ request }) !== undefined).length;
  return { browses, pictures: queries.length - browses - inWords, nobodys: inWords - told };
}
