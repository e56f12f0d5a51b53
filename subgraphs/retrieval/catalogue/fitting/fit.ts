import { carry } from './bridge.ts';
import { bridgeRoutes, calibrate } from './calibrate.ts';
import { fitBridge, isFitted } from './fit-bridge.ts';
import type { Work } from './fit-bridge.ts';
import { isPictured } from './fit-sample.ts';
import type { FitSample, PicturedItem } from './fit-sample.ts';
import { Fitting } from './fitting.ts';
import type { BridgeOutcome } from './fitting.ts';
import { LOOKS_DIMS, looksOffset, looksWeights } from './projection.ts';
import type { Projection } from './projection.ts';
import { Ridge } from './ridge.ts';
import { fitStandardisation, standardise } from './standardisation.ts';
import type { Standardisation } from './standardisation.ts';
import { TextFeatures } from './text-features.ts';

export interface FitOptions {
  /** How many pairs are kept from the fit to check it: a tenth, at most 1,500. */
  readonly heldOut?: number;
  readonly lexicalK?: number;
}

const MOST_HELD_OUT = 1500;
const MOST_VALIDATION = 800;

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
    const outcome: BridgeOutcome = { kind: 'left-off', reason: 'no item has a readable picture.' };
    return new Fitting({ ...spaces, outcome, calibration: calibrate(sample, { lexicalK }) });
  }
  const heldOut = options.heldOut ?? Math.min(MOST_HELD_OUT, Math.floor(items.length / 10));
  const standardisation = fitStandardisation(
    items.slice(heldOut).map(({ features }) => features),
    sample.blocks,
  );
  const texts = TextFeatures.fitTo(items.slice(heldOut));
  const work = prepare(items, {
    standardisation,
    texts: isFitted(sample, items) ? texts : texts.withoutWords(),
    heldOut,
  });
  const ridge = new Ridge({
    dims: standardisation.centre.length,
    targets: work.texts.dims,
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
  { standardisation, ...kept }: Pick<Work, 'texts' | 'heldOut'> & { readonly standardisation: Standardisation },
): Work {
  return {
    items,
    standardised: items.map(({ features }) => standardise(standardisation, features)),
    ...kept,
    validation: Math.min(MOST_VALIDATION, Math.floor((items.length - kept.heldOut) / 10)),
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
