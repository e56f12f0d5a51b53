import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { isChoice } from './actions.ts';
import type { ChoiceEvidence } from './choice-evidence.ts';
import type { Concentration } from './concentration.ts';
import {
  itemsBoughtTogether,
  pairsChosenTogether,
  pairsEngaged,
  reactionsTo,
  trendingItems,
} from './memory-behaviour.ts';
import type { KeptEvent } from './kept-event.ts';
import { clientKey, userKey } from './profile-store.ts';
import type { Appended, Erased, EvidenceSums, ProfileStore, ViewerHistory, ViewerKey } from './profile-store.ts';

interface KeptViewer {
  updatedAt: number;
  concentration: Concentration | null;
}

/** Profiles in memory, for tests and for a start without a database: everything works, nothing outlives the program. */
export function memoryProfileStore(): ProfileStore {
  const kept = new MemoryProfiles();
  const all = (): readonly KeptEvent[] => [...kept.events.values()];
  return {
    append: (events, now) => Promise.resolve(events.map((event) => kept.append(event, now))),
    viewerOf: (viewer) => Promise.resolve(kept.viewerOf(viewer)),
    read: (viewer, limit) => Promise.resolve(kept.read(viewer, limit)),
    pending: (since, limit) => {
      const waiting = all().filter(
        ({ event, recordedAt, evidence }) => isChoice(event.action) && evidence === null && recordedAt > since,
      );
      return Promise.resolve(
        waiting
          .sort((a, b) => b.recordedAt - a.recordedAt || newestFirst(a, b))
          .slice(0, limit)
          .map(({ viewer, event }) => ({ viewer, event })),
      );
    },
    saveEvidence: (viewer, evidence) => {
      kept.saveEvidence(viewer, evidence);
      return Promise.resolve();
    },
    saveConcentration: (key, concentration) => {
      const viewer = kept.viewers.get(key);
      if (viewer) viewer.concentration = concentration;
      return Promise.resolve();
    },
    sampledEvidence: () => Promise.resolve(sumSampled(all())),
    clientsOf: (userId) => Promise.resolve(kept.clientsOf(userId)),
    erase: (viewer) => Promise.resolve(kept.erase(viewer)),
    trending: (limit, decay) => Promise.resolve(trendingItems(all(), limit, decay)),
    boughtTogether: (itemIds, limit, decay) => Promise.resolve(itemsBoughtTogether(all(), itemIds, { limit, decay })),
    engagedPairs: (limit) => Promise.resolve(pairsEngaged(all(), limit)),
    chosenTogether: (limit) => Promise.resolve(pairsChosenTogether(all(), limit)),
    reactions: (queryIds) => Promise.resolve(reactionsTo(all(), queryIds)),
    close: () => Promise.resolve(),
  };
}

class MemoryProfiles {
  readonly events = new Map<string, KeptEvent>();
  readonly viewers = new Map<ViewerKey, KeptViewer>();
  readonly users = new Map<string, string>();

  append(event: ViewerEvent, now: number): Appended {
    const known = this.events.get(event.id);
    if (known) return { viewer: known.viewer, repeated: true };
    if (event.userId !== undefined && event.clientId !== undefined) this.#join(event.clientId, event.userId);
    const viewer = this.viewerOf(event) ?? '';
    this.viewers.set(viewer, { updatedAt: now, concentration: this.viewers.get(viewer)?.concentration ?? null });
    const at = Date.parse(event.occurredAt);
    this.events.set(event.id, {
      event: { ...event, occurredAt: new Date(at).toISOString() },
      at,
      viewer,
      evidence: null,
      recordedAt: now,
    });
    return { viewer, repeated: false };
  }

  viewerOf({ userId, clientId }: ViewerRef): ViewerKey | undefined {
    if (userId !== undefined) return userKey(userId);
    if (clientId === undefined) return undefined;
    const user = this.users.get(clientId);
    return user === undefined ? clientKey(clientId) : userKey(user);
  }

  read(key: ViewerKey, limit: number): ViewerHistory {
    const mine = [...this.events.values()].filter(
      ({ viewer, event }) => viewer === key && event.action !== 'IMPRESSION',
    );
    const events = mine.sort(newestFirst).slice(0, limit);
    const viewer = this.viewers.get(key);
    return {
      events: events.map(({ event, at, evidence }) => ({ event, at, evidence })),
      concentration: viewer?.concentration ?? null,
      updatedAt: viewer?.updatedAt ?? null,
    };
  }

  saveEvidence(viewer: ViewerKey, evidence: ReadonlyMap<string, ChoiceEvidence>): void {
    for (const [id, learned] of evidence) {
      const event = this.events.get(id);
      if (event?.viewer === viewer) event.evidence = learned;
    }
  }

  clientsOf(userId: string): readonly string[] {
    const named = [...this.events.values()].filter(({ event }) => event.userId === userId);
    return [...new Set(named.flatMap(({ event: { clientId } }) => (clientId === undefined ? [] : [clientId])))];
  }

  erase({ userId, clientId }: ViewerRef): Erased {
    const viewers = new Set<ViewerKey>();
    const clients = new Set<string>();
    const before = this.events.size + this.users.size;
    if (clientId !== undefined) clients.add(clientId);
    if (clientId !== undefined) viewers.add(clientKey(clientId));
    if (userId !== undefined) viewers.add(userKey(userId));
    for (const [client, user] of this.users) if (client === clientId || user === userId) clients.add(client);
    for (const client of clients) this.users.delete(client);
    for (const { viewer, event } of this.events.values()) {
      const fromClient = clientId !== undefined && event.clientId === clientId;
      const fromUser = userId !== undefined && viewer === userKey(userId);
      if (!fromClient && !fromUser) continue;
      viewers.add(viewer);
      this.events.delete(event.id);
    }
    for (const key of viewers) this.#forget(key);
    return { erased: this.events.size + this.users.size < before, viewers: [...viewers], clients: [...clients] };
  }

  #join(clientId: string, userId: string): void {
    this.users.set(clientId, userId);
    for (const event of this.events.values()) if (event.viewer === clientKey(clientId)) event.viewer = userKey(userId);
    this.viewers.delete(clientKey(clientId));
  }

  #forget(key: ViewerKey): void {
    const viewer = this.viewers.get(key);
    if (!viewer) return;
    viewer.concentration = null;
    if (![...this.events.values()].some((event) => event.viewer === key)) this.viewers.delete(key);
  }
}

function sumSampled(events: readonly KeptEvent[]): EvidenceSums {
  const sampled = events.flatMap(({ evidence }) => (evidence?.sampled === true ? [evidence] : []));
  return {
    weight: sampled.reduce((sum, { weight }) => sum + weight, 0),
    text: sampled.reduce((sum, { weight, text }) => sum + weight * text, 0),
    image: sampled.reduce((sum, { weight, image }) => sum + weight * image, 0),
  };
}

function newestFirst(a: KeptEvent, b: KeptEvent): number {
  return b.at - a.at || (a.event.id < b.event.id ? 1 : -1);
}
