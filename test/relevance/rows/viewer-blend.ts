import { join } from 'node:path';
import { seeded, shuffled } from '../../support/random.ts';
import { differenceEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { number } from '../present.ts';
import { baselinesOf, figuresOf as seriesOf, reportArms } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { liesAbove, showsNoGain, standing } from '../standing.ts';
import { filmVectors, likings } from '../viewers/liked-films.ts';
import { byDate, byViewer } from '../viewers/pasts.ts';
import type { Parts } from '../viewers/pasts.ts';
import { figuresOf, rankAll } from '../viewers/ranked-viewers.ts';
import type { Figures, Ranked } from '../viewers/ranked-viewers.ts';

export const row: RelevanceRow = {
  name: 'viewer-blend',
  claim:
    'A blend of text and looks chosen for each viewer never ranks what they like next worse than the best blend for all, by .001 AUC or more. ' +
    'Ratings of films with a poster, every unseen film a candidate; there are no impressions, so all evidence is from sampled films.',
  needs: ['films'],
  run,
};

const SHARES = [0.02, ...Array.from({ length: 18 }, (_, i) => 0.05 * (i + 1)), 0.95, 0.98];
const STRENGTHS = [0, 0.25, 0.5, 0.75, 1];
/** What would be called worse: so small a difference in AUC moves one film in a thousand. */
const MARGIN = 0.001;
const FOR_ALL = 'the best blend for all';
const EACH = 'per viewer, strength 1';

async function run({ folder, encoded, say }: RowContext): Promise<RowReport> {
  const films = await filmVectors(encoded);
  const liked = likings(join(folder, 'films'), new Set(films.map(({ id }) => id)));
  say(`${films.length} films with a poster, ${liked.length} ratings of 4 and more`);
  const ranked = (parts: Parts) => ({ validation: rankAll(films, parts.validation), test: rankAll(films, parts.test) });
  const byOwn = compare(ranked(byViewer(liked)));
  const byTime = compare(ranked(byDate(liked)));
  const control = { name: "the same with another viewer's tilt", result: byOwn.control };
  const reports = reportArms(byOwn.arms, { measure: 'AUC', base: FOR_ALL });
  return {
    metric: "difference in AUC to the best blend for all, each viewer's own last ratings",
    result: byOwn.difference,
    baselines: baselinesOf(byOwn.arms, 'AUC', [EACH]),
    control,
    n: byOwn.viewers,
    goal: -MARGIN,
    ...standing([
      liesAbove(byOwn.difference, 'the difference', -MARGIN),
      liesAbove(byTime.difference, 'the difference with one date for all', -MARGIN),
      showsNoGain(control),
    ]),
    arms: reports,
    notes: [
      'Reproduced means that both intervals of the difference lie above -.001 AUC: no worse. Neither says that it is better, and a tilt that hardly ever moves a weight is no worse, either.',
      'Baselines are AUC. Each viewer has 60 % of the ratings to learn from, 20 % to tune the blend for all and 20 % to report.',
      noteOf("each viewer's own last ratings", byOwn),
      noteOf('one date for all', byTime),
    ],
  };
}

interface Compared {
  readonly arms: ReadonlyMap<string, readonly Figures[]>;
  readonly difference: ReturnType<typeof differenceEstimate>;
  readonly control: ReturnType<typeof differenceEstimate>;
  readonly viewers: number;
  readonly share: number;
  readonly strength: number;
}

function compare({ validation, test }: { validation: readonly Ranked[]; test: readonly Ranked[] }): Compared {
  const share = best(SHARES, (candidate) => meanAuc(validation, candidate, 0));
  const strength = best(STRENGTHS, (candidate) => meanAuc(validation, share, candidate));
  const figures = (viewers: readonly Ranked[], image: number, tilted: number) =>
    viewers.map((viewer) => figuresOf(viewer, image, tilted));
  const others = shuffled(
    test.map(({ tilt }) => tilt),
    seeded(5),
  );
  const strangers = test.map((viewer, i) => ({ ...viewer, tilt: others[i] ?? 0 }));
  const arms = new Map([
    [FOR_ALL, figures(test, share, 0)],
    [EACH, figures(test, share, 1)],
    ['per viewer, strength tuned', figures(test, share, strength)],
    ['text alone', figures(test, 0, 0)],
    ['image alone', figures(test, 1, 0)],
    ['equal parts', figures(test, 0.5, 0)],
    ['random', figures(test.map(atRandom), 0.5, 0)],
  ]);
  const base = seriesOf(arms, FOR_ALL, 'AUC');
  const swapped = figures(strangers, share, 1).map(({ AUC }) => AUC);
  return {
    arms,
    difference: differenceEstimate(seriesOf(arms, EACH, 'AUC'), base),
    control: differenceEstimate(swapped, base),
    viewers: test.length,
    share,
    strength,
  };
}

const random = seeded(23);

function atRandom({ candidates }: Ranked): Ranked {
  return { tilt: 0, candidates: candidates.map((each) => ({ ...each, text: random(), image: random() })) };
}

function noteOf(split: string, { difference, viewers, share, strength }: Compared): string {
  const { value, low, high } = difference;
  return (
    `${split}: ${viewers} viewers, image ${number(share)} for all, strength ${strength} best on validation; ` +
    `per viewer differs by ${value.toFixed(4)} AUC [${low.toFixed(4)}, ${high.toFixed(4)}].`
  );
}

function meanAuc(viewers: readonly Ranked[], share: number, strength: number): number {
  return mean(viewers.map((viewer) => figuresOf(viewer, share, strength).AUC));
}

function best(candidates: readonly number[], figure: (candidate: number) => number): number {
  const scored = candidates.map((candidate) => ({ candidate, figure: figure(candidate) }));
  return scored.reduce((a, b) => (b.figure > a.figure ? b : a)).candidate;
}
