import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { ItemPair } from '../../../../src/vocabulary/viewer-event.ts';
import { calibrateRoute } from '../fitting/calibration.ts';
import type { RouteCalibration } from '../fitting/calibration.ts';
import { rowsOfPairs } from './companions-input.ts';
import { pairedCosines } from '../fitting/cosine-samples.ts';
import { order } from '../fitting/draw-sample.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { foundAnswers } from './found-answers.ts';
import { namedItems } from './intents.ts';
import type { NamedItem } from './intents.ts';
import { Towers } from '../fitting/towers.ts';
import type { TrainedCompanions } from './trained-companions.ts';

/** Fewer newcomers that were chosen with something say nothing. */
const FEWEST = 20;
const MOST_ASKED = 500;

/**
 * Takes a tower that was trained on what viewers choose together if, of items that it has not seen, it finds at least as many
 * companions as what is alike in text or looks.
 */
export async function adoptCompanions(
  fitting: Fitting,
  trained: TrainedCompanions,
  { drawn, together }: { readonly drawn: DrawnSample; readonly together: readonly ItemPair[] },
): Promise<Fitting> {
  const items = namedItems(drawn).filter(({ features }) => features);
  const newcomers = newcomersOf(items, { together, from: trained.from });
  const unfit = whyUnfit(trained, fitting, newcomers.length);
  if (unfit !== undefined) return fitting.told(`The trained companions were left off: ${unfit}`);
  const seen = items.map((item) => fitting.seen(item));
  const companion = { dims: 0, item: trained.item };
  const vectors = (await new Towers({ companion }).columnsOf(seen)).flatMap((made) => made.companion ?? []);
  const looks = items.map(({ features = new Float32Array() }) => fitting.looksOf(features));
  const ours = found(newcomers, vectors);
  const [byText, byLooks] = [
    found(
      newcomers,
      seen.map(({ text }) => text),
    ),
    found(newcomers, looks),
  ];
  const figures = `companions of newcomers Recall@10 ${ours.toFixed(3)} (by similar text ${byText.toFixed(3)}, by looks ${byLooks.toFixed(3)}), ${newcomers.length} newcomers among ${items.length} items`;
  if (ours === 0 || ours < Math.max(byText, byLooks))
    return fitting.told(`The trained companions were left off: ${figures}.`);
  const towers = fitting.towers.with({ companion: { ...companion, dims: vectors[0]?.length ?? 0 } });
  const routes = { ...fitting.calibration.routes, 'item->companion': routeOf(newcomers, vectors) };
  return fitting
    .with({ towers, calibration: { ...fitting.calibration, routes } })
    .told(`What goes together, trained on ${trained.pairs} pairs: ${figures}.`);
}

function found(newcomers: readonly Newcomer[], evidence: readonly (Vector | null)[]): number {
  const asked = newcomers.flatMap((newcomer) => {
    const vector = evidence[newcomer.row];
    return vector ? [{ ...newcomer, vector }] : [];
  });
  return foundAnswers(asked, evidence);
}

function routeOf(newcomers: readonly Newcomer[], vectors: readonly Vector[]): RouteCalibration {
  const asking = newcomers.flatMap(({ row }) => vectors[row] ?? []);
  return calibrateRoute(
    pairedCosines(
      asking,
      newcomers.flatMap(({ answers: [first = 0] }) => vectors[first] ?? []),
    ),
  );
}

interface Newcomer {
  readonly row: number;
  readonly answers: readonly number[];
}

/** Items that the training has not seen, with what they were chosen with. */
function newcomersOf(
  items: readonly NamedItem[],
  { together, from }: { readonly together: readonly ItemPair[]; readonly from: string },
): readonly Newcomer[] {
  const companions = new Map<number, number[]>();
  for (const [a, b] of rowsOfPairs(items, together)) {
    companions.set(a, [...(companions.get(a) ?? []), b]);
    companions.set(b, [...(companions.get(b) ?? []), a]);
  }
  return items
    .flatMap(({ own }, row) => {
      const answers = companions.get(row);
      return answers && order(own.id) < from ? [{ row, answers }] : [];
    })
    .slice(0, MOST_ASKED);
}

function whyUnfit({ textSpace, imageSpace }: TrainedCompanions, fitting: Fitting, newcomers: number) {
  if (textSpace !== fitting.textSpace || imageSpace !== fitting.imageSpace)
    return 'it was trained on vectors of other models; train it again.';
  return newcomers < FEWEST ? `only ${newcomers} items that are new to it were chosen with others.` : undefined;
}
