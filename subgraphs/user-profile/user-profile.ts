import { withoutDeadline } from '../../src/runtime/current-deadline.ts';
import { MedleyError } from '../../src/runtime/errors.ts';
import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { behaviourOf } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import type { ProfileSettings } from './config.ts';
import type { EvidenceSource } from './evidence-source.ts';
import { learn } from './learner.ts';
import { startLearning } from './learning-loop.ts';
import type { Profile } from './profile.ts';
import type { ProfileStore, ViewerKey } from './profile-store.ts';
import { recordEvents } from './record-events.ts';
import type { EventOutcome } from './record-events.ts';
import { viewerProfiles } from './viewer-profiles.ts';

export interface UserProfilePorts {
  readonly store: ProfileStore;
  readonly source: EvidenceSource;
  readonly settings: ProfileSettings;
  /** Epoch milliseconds; the clock of the machine where absent. */
  readonly now?: () => number;
  /** Told what failed behind a viewer's back: learning, or a read whose search goes on without the profile. */
  readonly onFailure?: (error: unknown) => void;
}

/** The program behind the subgraph: what the resolvers call, and what the composition root wires to retrieval. */
export interface UserProfile {
  profile(viewer: ViewerRef): Promise<Profile>;
  record(events: readonly ViewerEvent[]): Promise<readonly EventOutcome[]>;
  /**
   * Erases the profile, the events and what the query log holds of the viewer; resolves to whether there was anything.
   *
   * @throws MedleyError RETRIEVAL_UNAVAILABLE where the query log cannot be reached; nothing was erased from the profile then
   */
  erase(viewer: ViewerRef): Promise<boolean>;
  readonly behaviour: Behaviour;
  readonly onFailure: (error: unknown) => void;
  /** Resolves when the evidence of what was recorded is worked out, or its source has failed. */
  settled(): Promise<void>;
  /** Lets a running write end, then closes the store. */
  close(): Promise<void>;
}

/** Starts learning at once: evidence may be waiting from before. */
export function openUserProfile(ports: UserProfilePorts): UserProfile {
  const { store, source, settings, now = Date.now, onFailure = () => undefined } = ports;
  const profiles = viewerProfiles(store, settings, now);
  const stale = new Set<ViewerKey>();
  const loop = startLearning(async () => {
    const learned = await withoutDeadline(() => learn({ store, source, settings, now, stale }));
    profiles.forget(learned, []);
    return learned.length > 0;
  }, onFailure);
  loop.wake();
  return {
    profile: (viewer) => profiles.read(viewer),
    record: async (events) => {
      const outcomes = await recordEvents(store, events, now());
      profiles.forget(viewersOf(outcomes), clientsOf(events));
      loop.wake();
      return outcomes;
    },
    erase: async (viewer) => {
      if (viewer.userId === undefined && viewer.clientId === undefined)
        throw new MedleyError('INVALID_INPUT', 'No viewer is named. Send a userId, a clientId or both.');
      const forgotten = await forgetAsked(viewer, { store, source });
      const { erased, viewers, clients } = await store.erase(viewer);
      profiles.forget(viewers, clients);
      for (const key of viewers) stale.add(key);
      loop.wake();
      return erased || forgotten > 0;
    },
    behaviour: behaviourOf(store, settings, now),
    onFailure,
    settled: () => loop.settled(),
    close: async () => {
      await loop.close();
      await store.close();
    },
  };
}

/** The query log goes first: the browsers that are joined to a user are known only while the profile is there, and a repeat needs them. */
async function forgetAsked(
  viewer: ViewerRef,
  { store, source }: Pick<UserProfilePorts, 'store' | 'source'>,
): Promise<number> {
  const joined = viewer.userId === undefined ? [] : await store.clientsOf(viewer.userId);
  try {
    const counts = await Promise.all(
      [viewer, ...joined.map((clientId) => ({ clientId }))].map((one) => source.forget(one)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  } catch (cause) {
    throw new MedleyError(
      'RETRIEVAL_UNAVAILABLE',
      'the query log cannot be reached, so nothing was erased from the profile; try again',
      { cause },
    );
  }
}

function viewersOf(outcomes: readonly EventOutcome[]): readonly ViewerKey[] {
  return outcomes.flatMap((outcome) => ('viewer' in outcome ? [outcome.viewer] : []));
}

function clientsOf(events: readonly ViewerEvent[]): readonly string[] {
  return events.flatMap(({ clientId }) => (clientId === undefined ? [] : [clientId]));
}
