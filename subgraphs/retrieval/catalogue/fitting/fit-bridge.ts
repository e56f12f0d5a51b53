import { meanVector, subtract } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { chanceRecall, clearsChance, FEWEST_PAIRS, LAMBDAS } from './bridge.ts';
import type { Bridge, BridgeQuality, LinearBridge } from './bridge.ts';
import type { FitSample } from './fit-sample.ts';
import type { BridgeOutcome } from './fitting.ts';
import { QueryBridge } from './query-bridge.ts';
import type { Ridge } from './ridge.ts';
import type { TextFeatures } from './text-features.ts';
import { axesOf, narrowed, recallOf, reciprocalRankOf } from './wide-bridge.ts';
import type { Shown, WideBridge } from './wide-bridge.ts';

/** Pictures as the fit sees them: those held out first, then those that choose its settings, then the rest. */
export interface Work extends Shown {
  readonly texts: TextFeatures;
  readonly heldOut: number;
  readonly validation: number;
}

export interface BridgeFit {
  readonly outcome: BridgeOutcome;
  /** Fitted to all pairs. */
  readonly bridge?: Bridge;
  /** Fitted without the held-out pairs. */
  readonly judged?: LinearBridge;
}

interface Settings {
  readonly lambda: number;
  /** Whether words are compared beside the vectors of texts. */
  readonly words: boolean;
}

/** What is fitted to some of the pairs. */
interface Fits {
  readonly add: (from: number, to: number) => void;
  readonly solve: (settings: Settings) => WideBridge;
}

/** Whether a bridge is fitted, be it kept or not. */
export function isFitted({ textSpace, imageSpace }: FitSample, items: Shown['items']): boolean {
  return textSpace !== imageSpace && items.length >= FEWEST_PAIRS;
}

/** Adds all pairs to the ridge, whether there is a bridge or not. */
export function fitBridge({ textSpace, imageSpace }: FitSample, work: Work, ridge: Ridge): BridgeFit {
  const { items, texts, heldOut, validation } = work;
  const fits = fitsOf(work, ridge);
  if (textSpace === imageSpace) {
    fits.add(0, items.length);
    const bridge = { map: 'identity', textCentre: texts.textCentre } as const;
    const reason = `texts and pictures share the space ${textSpace}, so none is needed.`;
    return { bridge, judged: bridge, outcome: { kind: 'identity', reason } };
  }
  if (items.length < FEWEST_PAIRS) {
    fits.add(0, items.length);
    const reason = `${items.length} items have both text and a picture; a bridge needs ${FEWEST_PAIRS}.`;
    return { outcome: { kind: 'left-off', reason } };
  }
  fits.add(heldOut + validation, items.length);
  const settings = chosen(work, fits);
  fits.add(heldOut, heldOut + validation);
  const wide = fits.solve(settings);
  const recallAt10 = recallOf(wide, part(work, 0, heldOut));
  const chance = chanceRecall(heldOut);
  const quality = {
    fittedPairs: items.length - heldOut,
    heldOutPairs: heldOut,
    recallAt10,
    chance,
    lambda: settings.lambda,
  };
  fits.add(0, heldOut);
  if (!clearsChance(quality)) return { outcome: { kind: 'left-off', reason: judgement(quality, false), quality } };
  const serving = servingBy(wide, work.standardised);
  return {
    bridge: serving(fits.solve(settings)),
    judged: serving(wide),
    outcome: { kind: 'fitted', reason: judgement(quality, true), quality },
  };
}

function fitsOf(work: Work, ridge: Ridge): Fits {
  const { items, texts, heldOut } = work;
  const taught = items.slice(heldOut);
  const own = items.map((item) => texts.ofItem(item));
  const mean = meanVector(own.slice(heldOut));
  const asked = taught.some(({ queries }) => queries.length > 0)
    ? new QueryBridge(taught, { dims: ridge.dims, texts })
    : undefined;
  return {
    add: (from, to) => {
      const added = part(work, from, to);
      const targets = own.slice(from, to).map((target) => subtract(target, mean));
      ridge.add({ features: added.standardised, targets });
      asked?.add(added);
    },
    solve: ({ lambda, words }) => {
      const seen = words ? texts : texts.withoutWords();
      const bridge = { map: ridge.solve(lambda, seen.dims), texts: seen };
      return asked?.mixedInto(bridge, lambda) ?? bridge;
    },
  };
}

function part({ items, standardised }: Shown, from: number, to: number): Shown {
  return { items: items.slice(from, to), standardised: standardised.slice(from, to) };
}

/** What ranks the pictures of the validation pairs highest: a lambda without words, then words where they help. */
function chosen(work: Work, { solve }: Fits): Settings {
  const { heldOut, validation } = work;
  const shown = part(work, heldOut, heldOut + validation);
  const judged = (settings: Settings) => ({ settings, figure: reciprocalRankOf(solve(settings), shown) });
  const best = LAMBDAS.map((lambda) => judged({ lambda, words: false })).reduce(better);
  return better(best, judged({ ...best.settings, words: true })).settings;
}

interface Judged {
  readonly settings: Settings;
  readonly figure: number;
}

/** Of equals the first. */
function better(first: Judged, second: Judged): Judged {
  return second.figure > first.figure ? second : first;
}

/** Along the axes of one bridge, so that another one that was fitted to a few pairs more can be compared with it. */
function servingBy(wide: WideBridge, standardised: readonly Vector[]): (bridge: WideBridge) => LinearBridge {
  if (wide.texts.terms.length === 0) return ({ map, texts: { textCentre } }) => ({ map, textCentre });
  const axes = axesOf(wide, standardised);
  return (bridge) => narrowed(bridge, axes);
}

function judgement({ recallAt10, chance, heldOutPairs, fittedPairs }: BridgeQuality, kept: boolean): string {
  const figures = `title to photo Recall@10 ${recallAt10.toFixed(3)} among ${heldOutPairs} held-out pairs (chance ${chance.toFixed(3)})`;
  return `${figures}, fitted to ${fittedPairs} pairs${kept ? '' : ': no clear gain on chance, so it was left off'}.`;
}
