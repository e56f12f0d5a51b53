import { MedleyError } from '../../../src/runtime/errors.ts';
import { compareVersions, neededViewers, verdictOf } from './compare-versions.ts';
import type { Figures, Need, Verdict } from './compare-versions.ts';
import { mostOfOne } from '../measures/outliers.ts';
import type { TriedPair } from './side-by-side.ts';
import type { TrialTally } from './trial-tally.ts';
import { viewerSplit } from './viewer-split.ts';
import type { ViewerSplit } from './viewer-split.ts';
import type { ViewerSums } from './viewer-sums.ts';

/** What a trial has shown; as it is, the document of `--json`. What cannot be told is null, never 0. */
export interface TrialReport {
  readonly profile: string;
  /** What the file of ranking profiles has on trial now; where it has nothing, the newest trial of the log is compared. */
  readonly underWay: (TriedPair & { readonly share: number }) | null;
  /** Versions that the file has on trial, but that nobody meets: a newer one is tried, or ranks for all. */
  readonly idle: readonly number[];
  /** Of this profile, as the log has them: the one last served first. */
  readonly versions: readonly number[];
  readonly comparison: Comparison | null;
  /** Of the whole log: searches that name no viewer, and those by the profile that asked for a version. */
  readonly notCounted: { readonly unnamed: number; readonly versionAsked: number };
}

export interface Comparison {
  /** ISO times of the first and the last search that counts. */
  readonly from: string;
  readonly until: string;
  readonly control: Side;
  readonly trial: Side;
  readonly figures: readonly Figures[];
  /** Null where no choice is known. */
  readonly verdict: Verdict | null;
  readonly needed: readonly Need[];
  readonly split: ViewerSplit;
  /** Who met both versions and is left out of all figures. */
  readonly crossedOver: number;
  /** Who searched more than `above` times, as programs do, and is left out of all figures. */
  readonly programs: { readonly viewers: number; readonly searches: number; readonly above: number };
}

export interface Side {
  readonly version: number;
  readonly searches: number;
  readonly viewers: number;
}

/**
 * Makes the report of a log that was counted to its end.
 *
 * @throws MedleyError UNKNOWN_PROFILE where neither the log nor the file of profiles has the key
 */
export function trialReport(
  tally: TrialTally,
  { underWay, idle, known }: Pick<Partial<TrialReport>, 'underWay' | 'idle'> & { readonly known: readonly string[] },
): TrialReport {
  const { key, keys, versions, unnamed, asked } = tally;
  if (!keys.has(key) && !known.includes(key)) throw unknownKey(key, [...keys, ...known]);
  return {
    profile: key,
    underWay: underWay ?? null,
    idle: idle ?? [],
    versions: [...versions],
    comparison: compare(tally, underWay?.share),
    notCounted: { unnamed, versionAsked: asked },
  };
}

function compare({ sideBySide }: TrialTally, share: number | undefined): Comparison | null {
  const { pair, control, trial, from, until } = sideBySide;
  if (!pair) return null;
  // Beside viewers who kept to one version they are in no sample of their own.
  const crossed = new Set([...control.keys()].filter((viewer) => trial.has(viewer)));
  const faithful = (viewers: ReadonlyMap<number, ViewerSums>) =>
    [...viewers].flatMap(([viewer, sums]) => (crossed.has(viewer) ? [] : [sums]));
  const [all, others] = [faithful(control), faithful(trial)];
  // The same bound for both: it takes no more from one than from the other.
  const above = mostOfOne([...all, ...others].map(({ searches }) => searches));
  const people = (viewers: readonly ViewerSums[]) => viewers.filter(({ searches }) => searches <= above);
  const sides = { control: people(all), trial: people(others) };
  const programs = [...all, ...others].filter(({ searches }) => searches > above);
  const figures = compareVersions(sides);
  return {
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    control: sideOf(pair.control, sides.control),
    trial: sideOf(pair.trial, sides.trial),
    figures,
    verdict: verdictOf(sides, figures),
    needed: neededViewers(sides),
    split: viewerSplit({ control: sides.control.length, trial: sides.trial.length }, share),
    crossedOver: crossed.size,
    programs: { viewers: programs.length, searches: searchesOf(programs), above },
  };
}

function sideOf(version: number, viewers: readonly ViewerSums[]): Side {
  return { version, searches: searchesOf(viewers), viewers: viewers.length };
}

function searchesOf(viewers: readonly ViewerSums[]): number {
  return viewers.reduce((sum, { searches }) => sum + searches, 0);
}

function unknownKey(key: string, others: readonly string[]): MedleyError {
  return new MedleyError(
    'UNKNOWN_PROFILE',
    `There is no ranking profile ${key}, here or in the query log. Known: ${[...new Set(others)].sort().join(', ')}.`,
  );
}
