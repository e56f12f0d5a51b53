import { MedleyError } from '../../src/runtime/errors.ts';
import { bothOf, passes } from '../../src/vocabulary/item-filter.ts';
import type { ShelfKind, ShelfQuery } from '../../src/vocabulary/search-request.ts';
import { NO_TILT } from '../../src/vocabulary/tilt.ts';
import { NO_TASTE } from '../../src/vocabulary/viewer.ts';
import type { Viewer } from '../../src/vocabulary/viewer.ts';
import { answeringIndex } from './answering-index.ts';
import type { BehaviourSource } from './behaviour-source.ts';
import { checkFields } from './check-fields.ts';
import { groupsOf, oneOfEach, withoutGroups } from './groups.ts';
import { GroupTally, groupOf } from './index/group-tally.ts';
import type { Hit } from './ranking/hit.ts';
import type { Degradation } from './ranking/window.ts';
import type { PolicySource } from './ranking-policy.ts';
import { PARTIAL } from './keep-window.ts';
import { probesOfCompanions } from './item-probes.ts';
import { TOGETHER_ALONE } from './query-plan.ts';
import type { QueryPlan } from './query-plan.ts';
import { rankWindow } from './rank-window.ts';
import { leftOut, shownAnywhere } from './rules/effect.ts';
import { countDegradations } from './retrieval-metrics.ts';
import type { ServingIndex } from './serving-index.ts';
import { probesOfTaste } from './taste-probes.ts';

export interface ShelfPorts {
  readonly index: ServingIndex;
  readonly behaviour: BehaviourSource;
  readonly policy: PolicySource;
  readonly now?: () => number;
}

export interface Shelf {
  readonly hits: readonly Hit[];
  /** Why these items, in a sentence for the viewer. */
  readonly reason: string;
  /** What was shown instead where the shelf had nothing of its own. */
  readonly fallback?: string;
  readonly degradations: readonly Degradation[];
}

interface Asked {
  readonly request: ShelfQuery;
  readonly viewer: Viewer;
  readonly first: number;
  readonly taken: ReadonlySet<string>;
  /** The groups of what is taken: one variant of a thing is enough. */
  readonly takenGroups: ReadonlySet<string>;
}

/** Hits, and the groups that they are of. */
interface Found extends Pick<Shelf, 'hits'> {
  readonly groups: readonly string[];
}

type Offer = Found & Pick<Shelf, 'reason'>;
type Stocked = Found & Shelf;

/**
 * All shelves of one request, in the order asked, no item on two of them: first what each has of its own, then, for those that have
 * nothing, what stands in, so that nothing stands in that a later shelf is for. `null` as viewer means unreachable.
 */
export async function stockShelves(
  request: ShelfQuery,
  viewer: Viewer | null,
  ports: ShelfPorts,
): Promise<readonly Shelf[]> {
  const { fields } = ports.index.serving().head;
  checkFields(request, fields);
  const allowed = shownAnywhere(ports.policy().rules, (ports.now ?? Date.now)(), fields);
  const shown = { ...request, filter: bothOf(request.filter, allowed.shown) };
  const asked = {
    request: shown,
    viewer: viewer ?? { tilt: NO_TILT, taste: NO_TASTE },
    taken: new Set(request.context),
    takenGroups: new Set(await groupsOf(ports.index, request.context)),
  };
  const shelves: Stocked[] = request.siblings.map(() => EMPTY);
  for (const turn of ['ITS_OWN', 'STAND_INS'] as const)
    for (const [place, { kind, first }] of request.siblings.entries()) {
      const shelf = shelves[place] ?? EMPTY;
      if (shelf.hits.length > 0) continue;
      const stocked = await stock(shelf, { ...asked, kind, turn, first }, ports);
      for (const { id } of stocked.hits) asked.taken.add(id);
      for (const group of stocked.groups) asked.takenGroups.add(group);
      shelves[place] = stocked;
    }
  return shelves.map(({ groups: _, ...shelf }) => {
    const degradations = [...(viewer === null ? [LOST_VIEWER] : []), ...leftOut(allowed), ...shelf.degradations];
    countDegradations(degradations);
    return { ...shelf, degradations };
  });
}

const EMPTY: Stocked = { hits: [], groups: [], reason: 'Nothing to show here yet.', degradations: [] };

const LOST_VIEWER: Degradation = {
  code: 'USER_PROFILE_UNREACHABLE',
  message: 'The viewer could not be recognised; the shelves are the same for everyone.',
};

type Source = readonly [name: string, offer: (asked: Asked, ports: ShelfPorts) => Promise<Offer>];

/** What a shelf is made from, its own first, then what stands in. */
const CHAINS: Readonly<Record<ShelfKind, readonly [Source, ...Source[]]>> = {
  FOR_YOU: [
    ['FOR_YOU', forYou],
    ['TRENDING', trending],
    ['POPULAR', popular],
  ],
  TRENDING: [
    ['TRENDING', trending],
    ['POPULAR', popular],
  ],
  BOUGHT_TOGETHER: [
    ['BOUGHT_TOGETHER', boughtTogether],
    ['CO_OCCURRING', companions],
    ['SIMILAR', similarToContext],
    ['POPULAR', popular],
  ],
  RECENTLY_VIEWED: [
    ['RECENTLY_VIEWED', recentlyViewed],
    ['TRENDING', trending],
    ['POPULAR', popular],
  ],
};

/** Asks sources in turn; the first that has anything fills the shelf, and says so where it is not the shelf's own. */
async function stock(
  shelf: Stocked,
  { kind, turn, ...asked }: Asked & { readonly kind: ShelfKind; readonly turn: 'ITS_OWN' | 'STAND_INS' },
  ports: ShelfPorts,
): Promise<Stocked> {
  const [own, ...standIns] = CHAINS[kind];
  const degradations = [...shelf.degradations];
  const { index, partial } = answeringIndex(ports.index);
  const lost = () => (partial() && !degradations.includes(PARTIAL) ? [...degradations, PARTIAL] : degradations);
  for (const [name, offer] of turn === 'ITS_OWN' ? [own] : standIns) {
    const made = await offer(asked, { ...ports, index }).catch((error: unknown): undefined => {
      // Anything else is no outage, and is told as what it is.
      if (!(error instanceof MedleyError && error.code === 'USER_PROFILE_UNAVAILABLE')) throw error;
      degradations.push({ code: 'BEHAVIOUR_UNREACHABLE', message: `What ${name} is made from could not be reached.` });
      return undefined;
    });
    if (made && made.hits.length > 0)
      return { ...made, ...(name !== kind && { fallback: name }), degradations: lost() };
  }
  return { ...shelf, degradations: lost() };
}

async function forYou(asked: Asked, ports: ShelfPorts): Promise<Offer> {
  const { viewer } = asked;
  const probes = await probesOfTaste(viewer.taste, ports.index);
  const found = await best({ probes, without: viewer.taste.recent }, asked, ports);
  return { ...found, reason: 'Chosen by the texts and looks of what you liked.' };
}

interface Wanted extends Pick<QueryPlan, 'probes' | 'weights'> {
  /** Items that are known already. */
  readonly without: readonly string[];
}

/** The best by some probes of those that stand on no other shelf; nothing without probes. */
async function best(
  { probes, weights, without }: Wanted,
  { request, viewer, first, taken, takenGroups }: Asked,
  { index, policy, now = Date.now }: ShelfPorts,
): Promise<Found> {
  if (probes.length === 0) return { hits: [], groups: [] };
  const profile = oneOfEach(policy().profiles.select(undefined));
  const tilts = { query: NO_TILT, viewer: viewer.tilt, strength: profile.strength };
  const exclude = new Set([...taken, ...without]);
  const others = without.filter((id) => !taken.has(id));
  const filter = withoutGroups(request.filter, [...takenGroups, ...(await groupsOf(index, others))]);
  const settings = { profile, tilts, filter, sort: [], exclude, diversity: 0.3, now: now() };
  const ranked = await rankWindow({ probes, weights, itself: [], degradations: [] }, index, settings);
  const hits = ranked.hits.slice(0, first);
  return { hits, groups: hits.flatMap(({ id }) => groupOf(ranked.fields.get(id)) ?? []) };
}

async function trending(asked: Asked, { index, behaviour }: ShelfPorts): Promise<Offer> {
  const scores = await behaviour.trending(10 * asked.first);
  return { ...(await existing(scores, asked, index)), reason: 'What others look at and buy now.' };
}

async function boughtTogether(asked: Asked, { index, behaviour }: ShelfPorts): Promise<Offer> {
  const seeds = seedsOf(asked);
  const scores = seeds.length === 0 ? [] : await behaviour.boughtTogether(seeds, 10 * asked.first);
  return { ...(await existing(scores, asked, index)), reason: 'Often bought together with what you look at.' };
}

/** What goes together is learned from all of the log, so newcomers that nobody has bought have companions, too. */
async function companions(asked: Asked, ports: ShelfPorts): Promise<Offer> {
  const seeds = seedsOf(asked);
  const { probes } = await probesOfCompanions(
    seeds.map((id) => ({ id, weight: 1 })),
    ports.index,
  );
  const found = await best({ probes, weights: TOGETHER_ALONE, without: seeds }, asked, ports);
  return { ...found, reason: 'Things like these are often chosen together with what you look at.' };
}

async function similarToContext(asked: Asked, ports: ShelfPorts): Promise<Offer> {
  const seeds = seedsOf(asked);
  const likes = seeds.map((id) => ({ id, weight: 1 }));
  const probes = await probesOfTaste({ text: likes, image: likes }, ports.index);
  const found = await best({ probes, without: seeds }, asked, ports);
  return { ...found, reason: 'Similar to what you look at.' };
}

function seedsOf({ request, viewer }: Asked): readonly string[] {
  return request.context.length > 0 ? request.context : viewer.taste.recent.slice(0, 5);
}

async function recentlyViewed(asked: Asked, { index }: ShelfPorts): Promise<Offer> {
  const recent = asked.viewer.taste.recent.map((itemId, i) => ({ itemId, score: 1 / (1 + i) }));
  return { ...(await existing(recent, asked, index)), reason: 'What you looked at last.' };
}

async function popular(asked: Asked, { index }: ShelfPorts): Promise<Offer> {
  const { request, first, taken, takenGroups } = asked;
  const orders = [{ field: 'popularity', direction: 'DESC' }] as const;
  const filter = withoutGroups(request.filter, [...takenGroups]);
  const { ids } = await index.browse({ filter, orders, limit: first + taken.size, perGroup: 1 });
  const scores = ids.map((itemId, i) => ({ itemId, score: 1 / (1 + i) }));
  return { ...(await existing(scores, asked, index)), reason: 'Popular in this shop.' };
}

/** Those that are still there, pass the filter and stand on no other shelf, one of each thing, as hits with scores in 0..1. */
async function existing(
  scores: readonly { readonly itemId: string; readonly score: number }[],
  { request, first, taken, takenGroups }: Asked,
  index: ServingIndex,
): Promise<Found> {
  const fresh = scores.filter(({ itemId }) => !taken.has(itemId));
  const items = await index.items(fresh.map(({ itemId }) => itemId));
  const highest = Math.max(...fresh.map(({ score }) => score), Number.MIN_VALUE);
  const things = new GroupTally(1);
  const welcome = fresh.flatMap(({ score }, i) => {
    const item = items[i];
    if (!item || (request.filter && !passes(item, request.filter))) return [];
    const isNew = item.groupId === undefined || !takenGroups.has(item.groupId);
    return isNew && things.take(item.groupId) ? [{ item, score: score / highest }] : [];
  });
  const chosen = welcome.slice(0, first);
  return {
    hits: chosen.map(({ item: { id }, score }) => ({ id, score, signals: {}, boost: 0 })),
    groups: chosen.flatMap(({ item: { groupId } }) => groupId ?? []),
  };
}
