import type { ItemVectors } from '../../../src/vocabulary/shown.ts';
import { dot } from '../../../src/vocabulary/vector.ts';
import { concentrationOf } from '../../../subgraphs/user-profile/concentration.ts';
import { mixtureOf } from '../../../subgraphs/user-profile/mixture.ts';
import { NO_HISTORY, tasteOf } from '../../../subgraphs/user-profile/profile.ts';
import type { EvidenceSums, RecordedEvent, ViewerHistory } from '../../../subgraphs/user-profile/profile-store.ts';
import { evidenceOfSample } from '../../../subgraphs/user-profile/sampled-evidence.ts';
import { tasteVector, vectorReader } from '../../../subgraphs/user-profile/taste.ts';
import { SETTINGS } from '../../subgraphs/user-profile/made-up.ts';
import { seeded } from '../../support/random.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Liking } from './liked-films.ts';
import type { Past } from './pasts.ts';

/** One viewer to rank for: scores a modality in standard deviations over all candidates, and the tilt to the image. */
export interface Ranked {
  readonly tilt: number;
  readonly candidates: readonly { readonly text: number; readonly image: number; readonly liked: boolean }[];
}

/** Of one viewer: how often a film that is liked later stands above another one, and nDCG over the first 20. */
export type Figures = Readonly<Record<'AUC' | 'nDCG@20', number>>;

/** Learns every viewer's evidence as the learner does, then what is usual among all, then ranks. */
export function rankAll(films: readonly ItemVectors[], viewers: readonly Past[]): readonly Ranked[] {
  const random = seeded(11);
  const sample = films.toSorted(() => random() - 0.5).slice(0, 64);
  const histories = viewers.map(({ history }) => learned(films, sample, history));
  const sums = histories.flatMap(({ events }) => events.flatMap(({ evidence }) => evidence ?? []));
  const total = (read: 'text' | 'image') => sums.reduce((sum, evidence) => sum + evidence.weight * evidence[read], 0);
  const everyone = {
    weight: sums.reduce((sum, { weight }) => sum + weight, 0),
    text: total('text'),
    image: total('image'),
  };
  return viewers.map((viewer, i) => ranked(films, viewer, { history: histories[i] ?? NO_HISTORY, everyone }));
}

function learned(
  films: readonly ItemVectors[],
  sample: readonly ItemVectors[],
  history: readonly Liking[],
): ViewerHistory {
  const newest = history.slice(-SETTINGS.longestHistory);
  const events = newest.map(({ userId, itemId, at }): RecordedEvent => ({
    event: { id: itemId, userId, itemId, action: 'CLICK', occurredAt: new Date(at).toISOString() },
    at,
    evidence: null,
  }));
  const ids = new Set(newest.map(({ itemId }) => itemId));
  const own = films.filter(({ id }) => ids.has(id));
  const told = events.map((each, i) => {
    const earlier = { ...NO_HISTORY, events: events.slice(0, i).reverse() };
    const chosen = own.find(({ id }) => id === each.event.itemId);
    const taste = tasteOf(earlier, each.at, SETTINGS);
    return chosen ? { ...each, evidence: evidenceOfSample({ chosen, sample, taste, liked: own }) } : each;
  });
  const mine = own.filter(({ id }) => newest.slice(-50).some(({ itemId }) => itemId === id));
  const updatedAt = newest.at(-1)?.at ?? 0;
  return { events: told.reverse(), concentration: concentrationOf(mine, sample), updatedAt };
}

function ranked(
  films: readonly ItemVectors[],
  { history: past, targets }: Past,
  known: { history: ViewerHistory; everyone: EvidenceSums },
): Ranked {
  const { history, everyone } = known;
  const now = history.updatedAt ?? 0;
  const { tilt } = mixtureOf({
    history,
    everyone,
    now,
    halfLife: SETTINGS.choiceHalfLife,
    priorImage: SETTINGS.priorImage,
  });
  const seen = new Set(past.map(({ itemId }) => itemId));
  const unseen = films.filter(({ id }) => !seen.has(id));
  const taste = tasteOf(history, now, SETTINGS);
  const scores = (modality: 'text' | 'image') => {
    const likes = tasteVector(taste[modality], vectorReader(films, modality));
    return standardised(unseen.map((film) => (likes && film[modality] ? dot(likes, film[modality]) : 0)));
  };
  const [text, image] = [scores('text'), scores('image')];
  const candidates = unseen.map(({ id }, i) => ({
    text: text[i] ?? 0,
    image: image[i] ?? 0,
    liked: targets.includes(id),
  }));
  return { tilt: tilt.IMAGE ?? 0, candidates };
}

/** The share moves by the tilt, as retrieval's weights do: logit(share) + strength * tilt. */
export function figuresOf({ tilt, candidates }: Ranked, share: number, strength: number): Figures {
  const image = 1 / (1 + ((1 - share) / share) * Math.exp(-strength * tilt));
  const order = candidates.toSorted((a, b) => image * (b.image - a.image) + (1 - image) * (b.text - a.text));
  const places = order.flatMap(({ liked }, i) => (liked ? [i] : []));
  const others = order.length - places.length;
  const auc = mean(places.map((place, nth) => 1 - (place - nth) / others));
  const gain = (place: number): number => (place < 20 ? 1 / Math.log2(place + 2) : 0);
  const ideal = places.reduce((sum, _, nth) => sum + gain(nth), 0);
  return { AUC: auc, 'nDCG@20': places.reduce((sum, place) => sum + gain(place), 0) / ideal };
}

function standardised(values: readonly number[]): readonly number[] {
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return values.map((value) => (deviation === 0 ? 0 : (value - centre) / deviation));
}
