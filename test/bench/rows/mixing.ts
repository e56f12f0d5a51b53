import assert from 'node:assert/strict';
import { seededRandom } from '../../../demo/catalogue/random.ts';
import { NO_TILT } from '../../../src/vocabulary/tilt.ts';
import { signalsOf } from '../../../src/vocabulary/signal.ts';
import { bestPlaces } from '../../../subgraphs/retrieval/index/best-places.ts';
import { normaliseCosine, ROUTES } from '../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import type { Calibration, RouteCalibration } from '../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import type { Candidate } from '../../../subgraphs/retrieval/index/item-index.ts';
import { readRankingProfiles } from '../../../subgraphs/retrieval/ranking-profiles.ts';
import { evidenceOf } from '../../../subgraphs/retrieval/ranking/evidence.ts';
import type { Hit } from '../../../subgraphs/retrieval/ranking/hit.ts';
import { mix } from '../../../subgraphs/retrieval/ranking/mixing.ts';
import { mixWeights } from '../../../subgraphs/retrieval/ranking/weights.ts';
import { inTime } from '../finding.ts';
import type { Finding, Row } from '../finding.ts';
import { paired } from '../paired.ts';

const PROFILE = readRankingProfiles(undefined).select(undefined);
const ROUTE: RouteCalibration = { middle: 0.5, spread: 0.2, imputed: 0.1 };
const CALIBRATION: Calibration = {
  routes: Object.fromEntries(ROUTES.map((route) => [route, ROUTE])) as Calibration['routes'],
  lexicalK: 1,
};
const IDF_SUM = 12;
const PROBES = [
  { signal: 'TEXT', route: 'words->text', weight: 1 },
  { signal: 'IMAGE', route: 'words->picture', weight: 1 },
] as const;
const TILTS = { query: NO_TILT, viewer: NO_TILT, strength: 1 };
const KEPT = 500;

/** What mixing takes: candidates with their raw scores in, the best of them out, explained. */
export const mixing: Row = async ({ quick }) => {
  const findings: Finding[] = [];
  for (const count of quick ? [1000] : [1700, 20_000]) {
    const candidates = madeUp(count);
    const measured = await paired(
      { medley: () => mixed(candidates), beside: () => plainly(candidates), check: agree },
      { turns: quick ? 5 : 101, warmUp: quick ? 2 : 30 },
    );
    const told = {
      what: `${count.toLocaleString('en')} candidates mixed`,
      beside: 'their weighted means, sorted',
      means: `Every one by every signal and its place in each, ${KEPT} of them explained, against a number each in a plain loop.`,
    };
    findings.push(inTime(measured, told));
  }
  return findings;
};

/** By id, as an index gives them. */
function madeUp(count: number): readonly Candidate[] {
  const random = seededRandom('mixing');
  return Array.from({ length: count }, (_, n) => ({
    id: `item-${String(n).padStart(7, '0')}`,
    lexical: random.next() < 0.4 ? 18 * random.next() : 0,
    cosines: [random.next(), random.next() < 0.9 ? random.next() : null],
  }));
}

function mixed(candidates: readonly Candidate[]): readonly Hit[] {
  const evidence = evidenceOf(candidates, { probes: PROBES, calibration: CALIBRATION, idfSum: IDF_SUM });
  const { scores, signalsAt } = mix(evidence, mixWeights(PROFILE, TILTS, signalsOf(evidence)), PROFILE);
  return bestPlaces(scores, KEPT)
    .map((at) => ({ id: candidates[at]?.id ?? '', score: scores[at] ?? 0, signals: signalsAt(at), boost: 0 }))
    .sort((a, b) => b.score - a.score);
}

type Scored = Pick<Hit, 'id' | 'score'>;

function plainly(candidates: readonly Candidate[]): readonly Scored[] {
  const [words, text, looks] = mixWeights(PROFILE, TILTS, new Set(['LEXICAL', 'TEXT', 'IMAGE'])).map(
    (one) => one.weight,
  );
  const likeness = (cosine: number | null | undefined) =>
    typeof cosine === 'number' ? normaliseCosine(ROUTE, cosine) : ROUTE.imputed;
  return candidates
    .map(({ id, lexical, cosines: [first, second] }) => {
      const matching = lexical / (lexical + CALIBRATION.lexicalK * IDF_SUM);
      const score = (words ?? 0) * matching + (text ?? 0) * likeness(first) + (looks ?? 0) * likeness(second);
      return { id, score };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, KEPT);
}

/** The same hits with the same scores, which the explanations add up to. */
function agree(hits: readonly Hit[], plain: readonly Scored[]): void {
  assert.equal(hits.length, plain.length);
  hits.forEach(({ id, score, signals }, place) => {
    const sum = Object.values(signals).reduce((total, { contribution }) => total + contribution, 0);
    assert.equal(id, plain[place]?.id, `place ${place}`);
    for (const other of [sum, plain[place]?.score ?? NaN])
      assert(Math.abs(score - other) < 1e-9, `${score} is not ${other}`);
  });
}
