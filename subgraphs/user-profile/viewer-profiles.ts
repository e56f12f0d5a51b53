import { LRUCache } from 'lru-cache';
import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ProfileSettings } from './config.ts';
import { MINUTE } from './decay.ts';
import { NO_HISTORY, profileOf } from './profile.ts';
import type { Profile } from './profile.ts';
import type { EvidenceSums, ProfileStore, ViewerKey } from './profile-store.ts';

/**
 * Profiles as searches read them: kept for a moment, so that the searches of one page cost one read. A write here is seen by
 * the next read here; one of another replica within `freshFor`.
 */
export interface ViewerProfiles {
  read(viewer: ViewerRef): Promise<Profile>;
  forget(viewers: Iterable<ViewerKey>, clientIds: Iterable<string>): void;
}

const NOTHING: EvidenceSums = { weight: 0, text: 0, image: 0 };

export function viewerProfiles(store: ProfileStore, settings: ProfileSettings, now: () => number): ViewerProfiles {
  const { cachedProfiles: max, freshFor: ttl } = settings;
  const profiles = new LRUCache<ViewerKey, Promise<Profile>>({ max, ttl });
  const clients = new LRUCache<string, Promise<ViewerKey | undefined>>({ max, ttl });
  const everyone = new LRUCache<'all', Promise<EvidenceSums>>({ max: 1, ttl: MINUTE });
  const unknown = profileOf(NO_HISTORY, NOTHING, { now: 0, settings });

  const keyOf = ({ userId, clientId }: ViewerRef): Promise<ViewerKey | undefined> => {
    if (userId !== undefined || clientId === undefined) return store.viewerOf({ userId });
    return kept(clients, clientId, () => store.viewerOf({ clientId }));
  };
  const load = async (key: ViewerKey): Promise<Profile> => {
    const [history, all] = await Promise.all([
      store.read(key, settings.longestHistory),
      kept(everyone, 'all', () => store.sampledEvidence()),
    ]);
    return profileOf(history, all, { now: now(), settings });
  };
  return {
    read: async (viewer) => {
      const key = await keyOf(viewer);
      return key === undefined ? unknown : kept(profiles, key, () => load(key));
    },
    forget: (viewers, clientIds) => {
      for (const key of viewers) profiles.delete(key);
      for (const clientId of clientIds) clients.delete(clientId);
    },
  };
}

/** Shares what is being read, and keeps no failure. */
function kept<Key extends string, Value>(
  cache: LRUCache<Key, Promise<Value>>,
  key: Key,
  load: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const loading = load();
  cache.set(key, loading);
  loading.catch(() => {
    if (cache.peek(key) === loading) cache.delete(key);
  });
  return loading;
}
