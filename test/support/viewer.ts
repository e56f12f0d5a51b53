import { setTimeout as sleep } from 'node:timers/promises';
import type { Found, FrontDoor } from './front-door.ts';

export interface RecordedEvents {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly message: string }[];
}

export interface ViewerProfile {
  readonly mixture: { readonly text: number; readonly image: number };
  readonly confidence: number;
  readonly eventsUsed: number;
  readonly evidence: { readonly shown: number; readonly sampled: number };
  readonly taste: { readonly text: readonly unknown[]; readonly image: readonly unknown[] };
  readonly recentlyViewed: readonly string[];
  readonly updatedAt: string | null;
}

export async function recordEvents(shop: FrontDoor, ...events: readonly object[]): Promise<RecordedEvents> {
  const { data, errors } = await shop.ask<{ recordEvents: RecordedEvents }>(
    'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { accepted rejected { index code message } } }',
    { events },
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.recordEvents;
}

export async function readProfile(shop: FrontDoor, viewer: object): Promise<ViewerProfile> {
  const { data } = await shop.ask<{ viewerProfile: ViewerProfile }>(
    `query ($userId: ID, $clientId: ID) { viewerProfile(userId: $userId, clientId: $clientId) {
      mixture { text image } confidence eventsUsed evidence { shown sampled } taste { text { id weight } image { id weight } }
      recentlyViewed updatedAt
    } }`,
    viewer,
  );
  return data.viewerProfile;
}

/** An event of now; `minutes` ago where it has to be older than another. */
export function event(id: string, given: object, minutes = 0): object {
  return { id, action: 'CLICK', occurredAt: new Date(Date.now() - minutes * 60_000).toISOString(), ...given };
}

/** Searches as a viewer and clicks on the hits that please it; resolves to the search. */
export async function visit(
  shop: FrontDoor,
  viewer: { readonly userId: string; readonly text: string },
  pleases: (itemId: string) => boolean,
): Promise<Found> {
  const found = await shop.search(viewer, { first: 60 });
  const liked = found.edges.filter(({ itemId }) => pleases(itemId)).slice(0, 4);
  const { userId } = viewer;
  await recordEvents(
    shop,
    ...liked.map(({ itemId, position }) =>
      event(`${found.id}/${itemId}`, { userId, queryId: found.id, itemId, position }),
    ),
  );
  return found;
}

/** What becomes true a moment later, behind the viewer's back; the last look is returned where it does not within the time. */
export async function eventually<T>(look: () => Promise<T>, enough: (seen: T) => boolean, within = 30_000): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (enough(seen) || Date.now() > until) return seen;
    await sleep(50);
  }
}
