import type { BySignal } from '../../src/vocabulary/signal.ts';
import type { ViewerEvent } from '../../src/vocabulary/viewer-event.ts';
import { seededRandom, type Random } from './random.ts';
import type { DemoViewer, Preference } from './viewers.ts';

/** What a simulated viewer asks the shop. */
export interface VisitQuery {
  readonly text: string;
  readonly userId: string;
  readonly first: number;
}

/** What the viewer sees of one hit. */
export interface SeenHit {
  readonly id: string;
  readonly title: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The normalised score of each signal. */
  readonly scores: BySignal<number>;
}

export interface VisitAnswer {
  readonly queryId: string;
  readonly hits: readonly SeenHit[];
}

export type VisitSearch = (query: VisitQuery) => Promise<VisitAnswer>;

const SHOWN = 24;
const CLICKS = 8;
const HOUR = 3_600_000;

/** The shop's fixed today; a caller that lets taste decay by the real clock passes its own. */
export const DEMO_TODAY = new Date('2026-11-01T09:00:00Z');

/**
 * Lets a viewer run its queries, one every three hours up to `until`, and returns the clicks and purchases that its
 * preference leads to. The same viewer and the same answers give the same events.
 */
export async function simulateVisits(
  viewer: DemoViewer,
  search: VisitSearch,
  until = DEMO_TODAY,
): Promise<readonly ViewerEvent[]> {
  const random = seededRandom(viewer.id);
  const events: ViewerEvent[] = [];
  for (const [at, text] of viewer.queries.entries()) {
    const answer = await search({ text, userId: viewer.id, first: SHOWN });
    const when = until.getTime() - (viewer.queries.length - at) * 3 * HOUR;
    events.push(...visit({ viewer, text, answer, when }, random));
  }
  return events;
}

interface Visit {
  readonly viewer: DemoViewer;
  readonly text: string;
  readonly answer: VisitAnswer;
  readonly when: number;
}

function visit({ viewer, text, answer, when }: Visit, random: Random): readonly ViewerEvent[] {
  const liked = answer.hits
    .map((hit, at) => ({ hit, position: at + 1, appeal: appeal(viewer.preference, hit, text) }))
    .filter((seen) => seen.appeal > 0)
    .sort((a, b) => b.appeal - a.appeal || a.position - b.position)
    .slice(0, CLICKS);
  return liked.flatMap(({ hit, position, appeal: wanted }, at) => {
    const buys = wanted >= 2 && random.chance(0.5);
    return (buys ? (['CLICK', 'PURCHASE'] as const) : (['CLICK'] as const)).map((action, step) => ({
      id: `${answer.queryId}/${hit.id}/${action}`,
      queryId: answer.queryId,
      clientId: `browser-of-${viewer.id}`,
      userId: viewer.id,
      action,
      itemId: hit.id,
      position,
      occurredAt: new Date(when + at * 60_000 + step * 20_000).toISOString(),
    }));
  });
}

/** 0 is passed over, 1 clicked, 2 and more wanted. */
function appeal(preference: Preference, { title, attributes }: SeenHit, text: string): number {
  switch (preference.by) {
    case 'look':
      return (
        (attributes['colour'] === preference.colour ? 1 : 0) + (attributes['pattern'] === preference.pattern ? 1 : 0)
      );
    case 'material':
      return preference.materials.includes(String(attributes['material'])) ? 2 : 0;
    case 'words':
      return saysAll(title, text);
    case 'nothing':
      return 0;
  }
}

/** 1 where the title has every word of the query. */
function saysAll(title: string, text: string): number {
  const has = new Set(words(title));
  return words(text).every((word) => has.has(word)) ? 1 : 0;
}

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
