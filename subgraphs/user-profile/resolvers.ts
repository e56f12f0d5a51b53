import { MedleyError } from '../../src/runtime/errors.ts';
import { annotate, traced } from '../../src/runtime/tracing.ts';
import { ID_EXPECTED, isId } from '../../src/vocabulary/id.ts';
import type { SearchRequest, ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import type { Viewer } from '../../src/vocabulary/viewer.ts';
import { viewerOf } from './profile.ts';
import type { EventOutcome } from './record-events.ts';
import type { UserProfile } from './user-profile.ts';

/** What GraphQL hands over for an optional argument. */
type Given<T> = { readonly [Key in keyof T]: T[Key] | null };

interface Representation {
  readonly id: string;
  /** Scalars of a representation arrive as they were sent: plain JSON. */
  readonly request?: SearchRequest;
}

export function resolversOf(program: UserProfile) {
  const searched = { viewer: (page: Representation) => viewerOfRequest(program, page.request) };
  return {
    Query: {
      viewerProfile: (_: unknown, viewer: Given<ViewerRef>) => viewerProfile(program, checked(viewer)),
    },
    Mutation: {
      recordEvents: async (_: unknown, { events }: { readonly events: readonly Given<ViewerEvent>[] }) =>
        payloadOf(await program.record(events.map((event) => present<ViewerEvent>(event)))),
      eraseProfile: (_: unknown, viewer: Given<ViewerRef>) => program.erase(checked(viewer)),
    },
    SearchConnection: searched,
    SimilarItemsConnection: searched,
    RecommendationShelf: searched,
  };
}

/**
 * The viewer of a request. Later pages read a window that is ranked already, and who wants no personalisation gets none. A profile
 * that cannot be read is null, which retrieval lists as a degradation: the search goes on.
 */
async function viewerOfRequest(
  program: UserProfile,
  request: SearchRequest | undefined,
): Promise<Partial<Viewer> | null> {
  if (!request || isLaterPage(request)) return {};
  const anonymous = request.kind === 'SEARCH' && !request.personalization.enabled;
  try {
    return await traced('user-profile.recognise', {}, async () => {
      const profile = await program.profile(anonymous ? {} : present(request.viewer));
      annotate({ 'medley.viewer.known': profile.updatedAt !== null, 'medley.viewer.events': profile.evidence.events });
      return viewerOf(profile);
    });
  } catch (error) {
    program.onFailure(error);
    return null;
  }
}

function isLaterPage(request: SearchRequest): boolean {
  return request.kind !== 'SHELF' && typeof request.after === 'number';
}

async function viewerProfile(program: UserProfile, viewer: ViewerRef) {
  if (viewer.userId === undefined && viewer.clientId === undefined)
    throw new MedleyError('INVALID_INPUT', 'No viewer is named. Send a userId, a clientId or both.');
  const { mixture, confidence, taste, evidence, updatedAt } = await program.profile(viewer);
  return {
    mixture,
    confidence,
    eventsUsed: evidence.events,
    evidence,
    taste: { text: taste.text, image: taste.image },
    recentlyViewed: taste.recent,
    updatedAt: updatedAt === null ? null : new Date(updatedAt).toISOString(),
  };
}

function checked(given: Given<ViewerRef>): ViewerRef {
  const viewer = present<ViewerRef>(given);
  for (const [name, id] of Object.entries(viewer) as [string, string][])
    if (!isId(id)) throw new MedleyError('INVALID_INPUT', `"${name}" is not an id; ${ID_EXPECTED}.`);
  return viewer;
}

function payloadOf(outcomes: readonly EventOutcome[]) {
  const rejected = outcomes.flatMap((outcome, index) =>
    'rejection' in outcome ? [{ index, ...outcome.rejection }] : [],
  );
  return { accepted: outcomes.length - rejected.length, rejected };
}

function present<T extends object>(given: Given<T>): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as T;
}
