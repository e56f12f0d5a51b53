import { unit } from '../../../../src/vocabulary/vector.ts';
import { carryOver, centred, clearsChance, titleRecall } from '../fitting/bridge.ts';
import { bridgeRoutes } from '../fitting/calibrate.ts';
import { order } from '../fitting/draw-sample.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import { isPictured } from '../fitting/fit-sample.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { bridgeBy } from './trained-bridge.ts';
import type { TrainedBridge } from './trained-bridge.ts';

/**
 * Puts a bridge that was trained beside the build in the place of the one in closed form if it finds more of the pairs that neither
 * has seen. The outcome says which was taken, and why.
 */
export async function adoptBridge(fitting: Fitting, trained: TrainedBridge, drawn: DrawnSample): Promise<Fitting> {
  const { quality, kind } = fitting.outcome;
  const { textCentre } = fitting;
  if (kind !== 'fitted' || !quality || !textCentre) return fitting;
  const strangers = heldOut(drawn, quality.heldOutPairs);
  const unfit = whyUnfit(trained, fitting, strangers.at(-1)?.own.id ?? '');
  if (unfit !== undefined) return withReason(fitting, `A trained bridge was left off: ${unfit}`);
  const bridge = bridgeBy(trained, textCentre);
  const items = strangers.map(({ item }) => item);
  const carried = await carryOver(bridge, fitting.standardised(items.map(({ features }) => features)));
  const titles = strangers.map(({ item, own }) => centred(bridge, unit(item.title), own.title));
  const found = { ...quality, lambda: undefined, fittedPairs: trained.pairs, recallAt10: titleRecall(titles, carried) };
  if (found.recallAt10 <= quality.recallAt10 || !clearsChance(found))
    return withReason(
      fitting,
      `A trained bridge was left off: its Recall@10 is no better, ${found.recallAt10.toFixed(3)}.`,
    );
  const routes = { ...fitting.calibration.routes, ...bridgeRoutes({ strangers: items, carried, texts: bridge }) };
  const reason = `title to photo Recall@10 ${found.recallAt10.toFixed(3)} among ${found.heldOutPairs} held-out pairs by a bridge trained on ${found.fittedPairs} items (in closed form ${quality.recallAt10.toFixed(3)}, chance ${quality.chance.toFixed(3)}).`;
  return fitting.with({
    bridge,
    calibration: { ...fitting.calibration, routes },
    outcome: { kind: 'trained', reason, quality: found },
  });
}

/** The items that the fit has held out: the first that have a picture. */
function heldOut({ sample, items }: DrawnSample, count: number) {
  const pictured = sample.items.flatMap((item, i) => {
    const own = items[i]?.item;
    return own && isPictured(item) ? [{ item, own }] : [];
  });
  return pictured.slice(0, count);
}

function whyUnfit({ textSpace, imageSpace, from }: TrainedBridge, fitting: Fitting, last: string): string | undefined {
  if (textSpace !== fitting.textSpace || imageSpace !== fitting.imageSpace)
    return 'it was trained on vectors of other models; train it again.';
  return order(last) >= from ? 'it was trained on pairs that this build holds out; train it again.' : undefined;
}

function withReason(fitting: Fitting, reason: string): Fitting {
  const { outcome } = fitting;
  return fitting.with({ outcome: { ...outcome, reason: `${outcome.reason} ${reason}` } });
}
