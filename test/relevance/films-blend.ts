/**
 * Is a blend of text and image chosen for each viewer better than the best one for all? Measured on films: what viewers rated 4 or
 * more, only films with a poster, every unseen film a candidate. No impressions exist, so all evidence is from sampled films. The blend
 * for all and the strength are tuned on the validation part, the figures are of the test part.
 *
 *     npx node test/relevance/films-blend.ts
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../../src/runtime/environment.ts';
import type { ItemVectors } from '../../src/vocabulary/shown.ts';
import { dot } from '../../src/vocabulary/vector.ts';
import { concentrationOf } from '../../subgraphs/user-profile/concentration.ts';
import { mixtureOf } from '../../subgraphs/user-profile/mixture.ts';
import { NO_HISTORY, tasteOf } from '../../subgraphs/user-profile/profile.ts';
import type { EvidenceSums, RecordedEvent, ViewerHistory } from '../../subgraphs/user-profile/profile-store.ts';
import { evidenceOfSample } from '../../subgraphs/user-profile/sampled-evidence.ts';
import { tasteVector, vectorReader } from '../../subgraphs/user-profile/taste.ts';
import { SETTINGS, seeded } from '../subgraphs/user-profile/made-up.ts';
import { filmVectors, likings } from './films-viewers.ts';
import type { Liking } from './films-viewers.ts';

/** What a viewer liked before, and what was liked in the held-out time. */
interface Past {
  readonly history: readonly Liking[];
  readonly targets: readonly string[];
}

/** One viewer to rank for: scores a modality in standard deviations over all candidates, and the tilt to the image. */
interface Ranked {
  readonly tilt: number;
  readonly candidates: readonly { readonly text: number; readonly image: number; readonly liked: boolean }[];
}

interface Figures {
  readonly auc: number;
  readonly ndcg: number;
}

const FEWEST_BEFORE = 5;
const SHARES = [0.02, ...Array.from({ length: 18 }, (_, i) => 0.05 * (i + 1)), 0.95, 0.98];
const STRENGTHS = [0, 0.25, 0.5, 0.75, 1];

const folder = join(environment()['MEDLEY_EVALUATION_DATA'] ?? '../shared/data', 'films');
if (existsSync(folder)) await report(folder);
else console.log(`skipped: no films at ${folder}; MEDLEY_EVALUATION_DATA names the folder of the evaluation data`);

async function report(from: string): Promise<void> {
  const films = await filmVectors(from);
  const liked = likings(from, new Set(films.map(({ id }) => id)));
  console.log(`${films.length} films with a poster, ${liked.length} ratings of 4 and more\n`);
  compare('one date for all (60 % / 20 % / 20 % of the ratings)', films, byDate(liked));
  compare("each viewer's own last ratings (60 % / 20 % / 20 % of each)", films, byViewer(liked));
}

function compare(
  split: string,
  films: readonly ItemVectors[],
  parts: { validation: readonly Past[]; test: readonly Past[] },
): void {
  const validation = rankAll(films, parts.validation);
  const test = rankAll(films, parts.test);
  const share = best(SHARES, (candidate) => meanAuc(validation, candidate, 0));
  const strength = best(STRENGTHS, (candidate) => meanAuc(validation, share, candidate));
  console.log(`${split}: ${validation.length} viewers to tune, ${test.length} to test`);
  console.log(`  best for all on validation: image ${share.toFixed(2)}; strength ${strength}`);
  const arms = [
    ['text only', 0, 0],
    ['image only', 1, 0],
    ['the best for all', share, 0],
    ['per viewer, tuned', share, strength],
    ['per viewer, strength 1', share, 1],
  ] as const;
  const base = test.map((viewer) => figuresOf(viewer, share, 0));
  for (const [name, image, tilted] of arms) {
    const figures = test.map((viewer) => figuresOf(viewer, image, tilted));
    console.log(`  ${name.padEnd(24)}${line(figures, base, 'auc')}   ${line(figures, base, 'ndcg')}`);
  }
  const [low, high] = interval(test.map((viewer, i) => figuresOf(viewer, share, strength).auc - (base[i]?.auc ?? 0)));
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'no difference shown';
  console.log(
    `  tuned per viewer against the best for all: ${verdict}; worse by ${Math.max(0, -low).toFixed(4)} AUC at most (95 %)`,
  );
  console.log(
    `  tilts from ${Math.min(...test.map(({ tilt }) => tilt)).toFixed(2)} to ${Math.max(...test.map(({ tilt }) => tilt)).toFixed(2)}\n`,
  );
}

function line(figures: readonly Figures[], base: readonly Figures[], figure: keyof Figures): string {
  const name = { auc: 'AUC', ndcg: 'nDCG@20' }[figure];
  const [low, high] = interval(figures.map((each, i) => each[figure] - (base[i]?.[figure] ?? 0)));
  return `${name} ${mean(figures.map((each) => each[figure])).toFixed(4)} (to the best for all ${signed(low)} .. ${signed(high)})`;
}

function byDate(liked: readonly Liking[]): { validation: readonly Past[]; test: readonly Past[] } {
  const at = (part: number): number => liked[Math.floor(part * liked.length)]?.at ?? 0;
  const split = (from: number, to: number) =>
    pasts(liked, (mine) => [
      mine.filter((each) => each.at < from),
      mine.filter((each) => each.at >= from && each.at < to),
    ]);
  return { validation: split(at(0.6), at(0.8)), test: split(at(0.8), Infinity) };
}

function byViewer(liked: readonly Liking[]): { validation: readonly Past[]; test: readonly Past[] } {
  const split = (from: number, to: number) =>
    pasts(liked, (mine) => [
      mine.slice(0, Math.floor(from * mine.length)),
      mine.slice(Math.floor(from * mine.length), Math.floor(to * mine.length)),
    ]);
  return { validation: split(0.6, 0.8), test: split(0.8, 1) };
}

function pasts(
  liked: readonly Liking[],
  split: (mine: readonly Liking[]) => readonly [readonly Liking[], readonly Liking[]],
): readonly Past[] {
  const viewers = Map.groupBy(liked, ({ userId }) => userId);
  const all = [...viewers.values()].map((mine) => split(mine));
  return all.flatMap(([history, held]) =>
    history.length >= FEWEST_BEFORE && held.length > 0 ? [{ history, targets: held.map(({ itemId }) => itemId) }] : [],
  );
}

/** Learns every viewer's evidence as the learner does, then what is usual among all, then ranks. */
function rankAll(films: readonly ItemVectors[], viewers: readonly Past[]): readonly Ranked[] {
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
function figuresOf({ tilt, candidates }: Ranked, share: number, strength: number): Figures {
  const image = 1 / (1 + ((1 - share) / share) * Math.exp(-strength * tilt));
  const order = candidates.toSorted((a, b) => image * (b.image - a.image) + (1 - image) * (b.text - a.text));
  const places = order.flatMap(({ liked }, i) => (liked ? [i] : []));
  const others = order.length - places.length;
  const auc = mean(places.map((place, nth) => 1 - (place - nth) / others));
  const gain = (place: number): number => (place < 20 ? 1 / Math.log2(place + 2) : 0);
  const ideal = places.reduce((sum, _, nth) => sum + gain(nth), 0);
  return { auc, ndcg: places.reduce((sum, place) => sum + gain(place), 0) / ideal };
}

function meanAuc(viewers: readonly Ranked[], share: number, strength: number): number {
  return mean(viewers.map((viewer) => figuresOf(viewer, share, strength).auc));
}

/** 95 % of the mean difference, by drawing viewers with replacement. */
function interval(differences: readonly number[]): readonly [number, number] {
  const random = seeded(17);
  const drawn = Array.from({ length: 5000 }, () =>
    mean(differences.map(() => differences[Math.floor(random() * differences.length)] ?? 0)),
  );
  const sorted = drawn.toSorted((a, b) => a - b);
  return [sorted[125] ?? 0, sorted[4874] ?? 0];
}

function standardised(values: readonly number[]): readonly number[] {
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return values.map((value) => (deviation === 0 ? 0 : (value - centre) / deviation));
}

function best(candidates: readonly number[], figure: (candidate: number) => number): number {
  const scored = candidates.map((candidate) => ({ candidate, figure: figure(candidate) }));
  return scored.reduce((a, b) => (b.figure > a.figure ? b : a)).candidate;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
