import { meanVector, subtract, unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import {
  bridgeTarget,
  carry,
  centred,
  chanceRecall,
  clearsChance,
  FEWEST_PAIRS,
  LAMBDAS,
  titleRecall,
} from './bridge.ts';
import type { Bridge, BridgeQuality, ClosedForm } from './bridge.ts';
import { bridgeRoutes, calibrate } from './calibrate.ts';
import { isPictured } from './fit-sample.ts';
import type { FitSample, PicturedItem } from './fit-sample.ts';
import { Fitting } from './fitting.ts';
import type { BridgeOutcome } from './fitting.ts';
import type { Pairs } from './pair-sums.ts';
import { LOOKS_DIMS, looksOffset, looksWeights } from './projection.ts';
import type { Projection } from './projection.ts';
import { QueryBridge } from './query-bridge.ts';
import { Ridge } from './ridge.ts';
import { fitStandardisation, standardise } from './standardisation.ts';
import type { Standardisation } from './standardisation.ts';

export interface FitOptions {
  /** How many pairs are kept from the fit to check it: a tenth, at most 1,500. */
  readonly heldOut?: number;
  readonly lexicalK?: number;
}

const MOST_HELD_OUT = 1500;
const MOST_VALIDATION = 800;

/** Pictures as the fit sees them: those held out first, then those that choose lambda, then the rest. */
interface Work {
  readonly items: readonly PicturedItem[];
  readonly standardised: readonly Vector[];
  readonly textCentre: Vector;
  readonly heldOut: number;
  readonly validation: number;
}

/**
 * Fits everything to a sample of the catalogue: standardisation, bridge, looks and calibration. Takes seconds of one core;
 * `fit-thread.ts` runs it beside a serving process. Nothing of the held-out pairs is in the bridge that they judge; the bridge that
 * is kept is then fitted again with them, so that no item of the catalogue is a stranger to it.
 */
export function fit(sample: FitSample, options: FitOptions = {}): Fitting {
  const items = sample.items.filter(isPictured);
  const spaces = { textSpace: sample.textSpace, imageSpace: sample.imageSpace };
  const lexicalK = options.lexicalK;
  if (items.length === 0) {
    const outcome: BridgeOutcome = { kind: 'left-off', reason: 'No item has a readable picture.' };
    return new Fitting({ ...spaces, outcome, calibration: calibrate(sample, { lexicalK }) });
  }
  const heldOut = options.heldOut ?? Math.min(MOST_HELD_OUT, Math.floor(items.length / 10));
  const standardisation = fitStandardisation(
    items.slice(heldOut).map(({ features }) => features),
    sample.blocks,
  );
  const work = prepare(items, { standardisation, heldOut });
  const ridge = new Ridge({
    dims: standardisation.centre.length,
    targets: work.textCentre.length,
    axes: Math.min(LOOKS_DIMS, items.length),
  });
  const { outcome, bridge, judged } = fitBridge(sample, work, ridge);
  const projection = fitProjection(sample, { standardisation, ridge, count: items.length });
  const strangers = work.items.slice(0, heldOut);
  const carried = judged && carry(judged.map, work.standardised.slice(0, heldOut));
  const bridged = judged && carried && bridgeRoutes({ strangers, carried, texts: judged });
  const evidence = { projection, standardised: work.standardised, bridged };
  const calibration = calibrate(sample, { lexicalK, evidence });
  return new Fitting({ ...spaces, calibration, outcome, standardisation, bridge, projection });
}

function prepare(
  items: readonly PicturedItem[],
  { standardisation, heldOut }: { standardisation: Standardisation; heldOut: number },
): Work {
  return {
    items,
    standardised: items.map(({ features }) => standardise(standardisation, features)),
    textCentre: meanVector(items.slice(heldOut).map(bridgeTarget)),
    heldOut,
    validation: Math.min(MOST_VALIDATION, Math.floor((items.length - heldOut) / 10)),
  };
}

interface BridgeFit {
  readonly outcome: BridgeOutcome;
  /** Fitted to all pairs. */
  readonly bridge?: Bridge;
  /** Fitted without the held-out pairs. */
  readonly judged?: JudgedBridge;
}

function fitBridge({ textSpace, imageSpace }: FitSample, work: Work, ridge: Ridge): BridgeFit {
  const { items, textCentre, heldOut, validation } = work;
  if (textSpace === imageSpace) {
    ridge.add(pairsOf(work, 0, items.length));
    const bridge = { map: 'identity', textCentre } as const;
    const reason = `Texts and pictures share the space ${textSpace}: no bridge is needed.`;
    return { bridge, judged: bridge, outcome: { kind: 'identity', reason } };
  }
  if (items.length < FEWEST_PAIRS) {
    ridge.add(pairsOf(work, 0, items.length));
    const reason = `${items.length} items have text and picture; a bridge needs ${FEWEST_PAIRS}.`;
    return { outcome: { kind: 'left-off', reason } };
  }
  const asked = queryBridge(work);
  const add = (from: number, to: number): void => {
    ridge.add(pairsOf(work, from, to));
    asked?.add(items.slice(from, to), work.standardised.slice(from, to));
  };
  const solve = (strength: number) => {
    const bridge = { map: ridge.solve(strength), textCentre };
    return asked?.mixedInto(bridge, strength) ?? bridge;
  };
  add(heldOut + validation, items.length);
  const lambda = chooseLambda(work, solve);
  add(heldOut, heldOut + validation);
  const judged = solve(lambda);
  const recallAt10 = recallOf(judged, work, [0, heldOut]);
  const chance = chanceRecall(heldOut);
  const quality = { fittedPairs: items.length - heldOut, heldOutPairs: heldOut, recallAt10, chance, lambda };
  add(0, heldOut);
  if (!clearsChance(quality)) return { outcome: { kind: 'left-off', reason: judgement(quality, false), quality } };
  return { bridge: solve(lambda), judged, outcome: { kind: 'fitted', reason: judgement(quality, true), quality } };
}

/** Undefined where no query has led to an item yet. */
function queryBridge({ items, standardised, heldOut }: Work): QueryBridge | undefined {
  const taught = items.slice(heldOut);
  const dims = standardised[0]?.length ?? 0;
  return taught.some(({ queries }) => queries.length > 0) ? new QueryBridge(taught, dims) : undefined;
}

function judgement({ recallAt10, chance, heldOutPairs, fittedPairs }: BridgeQuality, kept: boolean): string {
  const figures = `title to photo Recall@10 ${recallAt10.toFixed(3)} among ${heldOutPairs} held-out pairs (chance ${chance.toFixed(3)})`;
  return `${figures}, fitted to ${fittedPairs} pairs${kept ? '' : ': no clear gain on chance, so it was left off'}.`;
}

type JudgedBridge = Bridge & { readonly map: ClosedForm };

function chooseLambda(work: Work, solve: (lambda: number) => JudgedBridge): number {
  const { heldOut, validation } = work;
  const tried = LAMBDAS.map((lambda) => ({
    lambda,
    recall: recallOf(solve(lambda), work, [heldOut, heldOut + validation]),
  }));
  return tried.reduce((best, next) => (next.recall > best.recall ? next : best)).lambda;
}

function recallOf(bridge: JudgedBridge, { items, standardised }: Work, [from, to]: readonly [number, number]): number {
  const titles = items.slice(from, to).map(({ title }) => centred(bridge, unit(title)));
  return titleRecall(titles, carry(bridge.map, standardised.slice(from, to)));
}

function pairsOf({ items, standardised, textCentre }: Work, from: number, to: number): Pairs {
  return {
    features: standardised.slice(from, to),
    targets: items.slice(from, to).map((item) => subtract(bridgeTarget(item), textCentre)),
  };
}

interface ProjectionParts {
  readonly standardisation: Standardisation;
  readonly ridge: Ridge;
  readonly count: number;
}

function fitProjection({ blocks }: FitSample, { standardisation, ridge, count }: ProjectionParts): Projection {
  const weights = looksWeights(blocks);
  const offset = looksOffset(standardisation.centre);
  return { weights, offset, map: ridge.mapOfAxes({ weights, offset, count }) };
}
