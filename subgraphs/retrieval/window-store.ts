import { LRUCache } from 'lru-cache';
import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { Window } from './ranking/window.ts';

/**
 * Keeps windows under their query ids: for a cursor until the cursor's time is up, as the query log for as long as the
 * retention says. Durable when `put` resolves (the in-memory twin is not).
 */
export interface WindowStore {
  put(window: Window): Promise<void>;
  /** The window while cursors into it are good; undefined after that. */
  get(queryId: string): Promise<Window | undefined>;
  /** The logged window, long after its cursors have expired. */
  logged(queryId: string): Promise<Window | undefined>;
  /** How many were logged since then, epoch milliseconds. */
  countSince(since: number): Promise<number>;
  /** Those that were logged since then, newest first: behind a place of the log, at most so many. */
  loggedSince(since: number, part: LogPart): Promise<readonly LoggedWindow[]>;
  /** Forgets what the viewer asked: the entries of the user, the client or both; resolves to how many went. */
  erase(viewer: ViewerRef): Promise<number>;
  /** Drops what is past the retention; resolves to how many entries went. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

/** A place in the log: what was logged at this time (epoch milliseconds) under this query id. */
export interface LogPlace {
  readonly at: number;
  readonly queryId: string;
}

export interface LogPart {
  readonly behind?: LogPlace;
  readonly limit: number;
}

export interface LoggedWindow {
  readonly at: number;
  readonly window: Window;
}

export interface WindowLifetime {
  /** How long a cursor stays good, milliseconds. */
  readonly cursorTtl: number;
  /** How long the query log remembers, milliseconds. */
  readonly retention: number;
  /** Epoch milliseconds; tests move it. */
  readonly now?: () => number;
}

/** The twin: in memory, at most 10,000 windows. */
export function memoryWindowStore({ cursorTtl, retention, now = Date.now }: WindowLifetime): WindowStore {
  const kept = new LRUCache<string, { window: Window; at: number }>({ max: 10_000 });
  const younger = (queryId: string, age: number) => {
    const entry = kept.get(queryId);
    return Promise.resolve(entry && now() - entry.at < age ? entry.window : undefined);
  };
  const since = (from: number) =>
    [...kept.values()].filter(({ at }) => at >= from && now() - at < retention).sort(newestFirst);
  return {
    put: (window) => {
      kept.set(window.queryId, { window, at: now() });
      return Promise.resolve();
    },
    get: (queryId) => younger(queryId, cursorTtl),
    logged: (queryId) => younger(queryId, retention),
    countSince: (from) => Promise.resolve(since(from).length),
    loggedSince: (from, { behind, limit }) => {
      const part = since(from).filter((entry) => isBehind(entry, behind));
      return Promise.resolve(part.slice(0, limit));
    },
    erase: (viewer) => {
      const own = [...kept.entries()].filter(([, { window }]) => isOf(window, viewer));
      for (const [id] of own) kept.delete(id);
      return Promise.resolve(own.length);
    },
    sweep: () => {
      const old = [...kept.entries()].filter(([, { at }]) => now() - at >= retention);
      for (const [id] of old) kept.delete(id);
      return Promise.resolve(old.length);
    },
    close: () => Promise.resolve(),
  };
}

function newestFirst(a: LoggedWindow, b: LoggedWindow): number {
  return b.at - a.at || (a.window.queryId < b.window.queryId ? 1 : -1);
}

function isBehind({ at, window }: LoggedWindow, place: LogPlace | undefined): boolean {
  return !place || at < place.at || (at === place.at && window.queryId < place.queryId);
}

function isOf({ request }: Window, { userId, clientId }: ViewerRef): boolean {
  const { viewer } = request;
  return (userId !== undefined && viewer.userId === userId) || (clientId !== undefined && viewer.clientId === clientId);
}
