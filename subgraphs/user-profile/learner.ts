import { setImmediate as nextTurn } from 'node:timers/promises';
import { ACTION_WEIGHTS, isChoice } from './actions.ts';
import { evidenceOfWindow, NO_EVIDENCE } from './choice-evidence.ts';
import type { ChoiceEvidence } from './choice-evidence.ts';
import { concentrationOf } from './concentration.ts';
import type { ProfileSettings } from './config.ts';
import { DAY } from './decay.ts';
import type { EvidenceSource } from './evidence-source.ts';
import { tasteOf } from './profile.ts';
import type { PendingChoice, ProfileStore, RecordedEvent, ViewerHistory, ViewerKey } from './profile-store.ts';
import { evidenceOfSample } from './sampled-evidence.ts';

export interface Learning {
  readonly store: ProfileStore;
  readonly source: EvidenceSource;
  readonly settings: ProfileSettings;
  readonly now: () => number;
  /** Viewers of whose events some were erased: their concentrations are worked out anew, and then they are taken out. */
  readonly stale: Set<ViewerKey>;
}

/** Evidence is worked out a batch at a time; one that came more than a week ago is given up. */
const BATCH = 200;
const GIVEN_UP = 7 * DAY;

/** Random items that a choice is compared with: the rate of wins is known to about .06. */
const SAMPLE = 64;

/**
 * Works out the evidence of the newest choices that wait for it, and brings those viewers' concentrations up to date. Throws when
 * the source fails; what was not saved then waits for the next call. Two replicas may do the same work twice, with the same outcome.
 *
 * @returns the viewers whose profiles changed; empty when nothing was waiting or stale
 */
export async function learn(learning: Learning): Promise<readonly ViewerKey[]> {
  const { store, settings, now, stale } = learning;
  const pending = await store.pending(now() - GIVEN_UP, BATCH);
  const viewers = [...new Set([...pending.map(({ viewer }) => viewer), ...stale])];
  for (const viewer of viewers) {
    const history = await store.read(viewer, settings.longestHistory);
    const mine = pending.filter((choice) => choice.viewer === viewer);
    await store.saveEvidence(viewer, await evidenceFor(learning, history, mine));
    // Taken out first: what is erased meanwhile is for the next time.
    const wasStale = stale.delete(viewer);
    await learnConcentration(learning, viewer).catch((error: unknown) => {
      if (wasStale) stale.add(viewer);
      throw error;
    });
  }
  return viewers;
}

/**
 * Of choices that the history no longer reaches there is no evidence; one that is not in it because a sign-in has moved it is
 * not saved, and waits on under its new viewer.
 *
 * A second choice from a window changes what the first one passed over, so all choices of a touched query are judged again.
 */
async function evidenceFor(
  learning: Learning,
  history: ViewerHistory,
  pending: readonly PendingChoice[],
): Promise<ReadonlyMap<string, ChoiceEvidence>> {
  const found = new Map<string, ChoiceEvidence>(pending.map(({ event }) => [event.id, NO_EVIDENCE]));
  const waiting = history.events.filter(({ event }) => found.has(event.id));
  const queries = new Set(waiting.map(({ event }) => event.queryId));
  for (const queryId of queries) {
    const choices = history.events.filter(({ event }) => event.queryId === queryId && isChoice(event.action));
    const shown =
      queryId === undefined ? new Map<string, ChoiceEvidence>() : await evidenceOfQuery(learning, queryId, choices);
    const unseen = choices.filter(({ event }) => !shown.has(event.id) && found.has(event.id));
    const sampled = await evidenceOfUnseen(learning, unseen, history);
    for (const [id, evidence] of [...shown, ...sampled]) found.set(id, evidence);
  }
  return found;
}

async function evidenceOfQuery(
  { source }: Learning,
  queryId: string,
  choices: readonly RecordedEvent[],
): Promise<ReadonlyMap<string, ChoiceEvidence>> {
  const window = await source.shown(queryId);
  const found = new Map<string, ChoiceEvidence>();
  if (!window) return found;
  const chosen = new Set(choices.map(({ event }) => event.itemId));
  for (const choice of choices) {
    const evidence = evidenceOfWindow(window, choice.event.itemId, chosen);
    if (evidence) found.set(choice.event.id, byAction(choice, evidence));
  }
  return found;
}

async function evidenceOfUnseen(
  learning: Learning,
  choices: readonly RecordedEvent[],
  history: ViewerHistory,
): Promise<ReadonlyMap<string, ChoiceEvidence>> {
  const found = new Map<string, ChoiceEvidence>();
  if (choices.length === 0) return found;
  const { source, settings } = learning;
  const ids = [...new Set([...history.events, ...choices].map(({ event }) => event.itemId))];
  const { items, sample } = await compared(source, ids);
  for (const choice of choices) {
    const chosen = items.find(({ id }) => id === choice.event.itemId);
    const earlier = history.events.filter(({ at }) => at < choice.at);
    if (!chosen) continue;
    // A long import is milliseconds a choice: searches get their turns in between.
    await nextTurn();
    const taste = tasteOf({ ...history, events: earlier }, choice.at, settings);
    const evidence = evidenceOfSample({ chosen, sample, taste, liked: items });
    found.set(choice.event.id, byAction(choice, evidence));
  }
  return found;
}

/** A purchase says more than a click, by the logarithm of their weights. */
function byAction({ event }: RecordedEvent, evidence: ChoiceEvidence): ChoiceEvidence {
  return { ...evidence, weight: evidence.weight * Math.log2(1 + ACTION_WEIGHTS[event.action]) };
}

async function learnConcentration({ store, source, settings, now }: Learning, viewer: ViewerKey): Promise<void> {
  const taste = tasteOf(await store.read(viewer, settings.longestHistory), now(), settings);
  const ids = [...new Set([...taste.text, ...taste.image].map(({ id }) => id))];
  if (ids.length === 0) return;
  const { items, sample } = await compared(source, ids);
  await store.saveConcentration(viewer, concentrationOf(items, sample));
}

/** Items and random ones of one generation. While none serves, or one replaces another, what is waiting goes on waiting. */
async function compared(source: EvidenceSource, ids: readonly string[]) {
  const [mine, random] = await Promise.all([source.vectors(ids), source.sample(SAMPLE)]);
  if (mine.generation === '' || mine.generation !== random.generation)
    throw new Error('no single generation of the index answered');
  return { items: mine.items, sample: random.items };
}
