import { isSamePair } from '../../../src/inference/releases/model-place.ts';
import type { ModelPair, ModelPlace } from '../../../src/inference/releases/model-place.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import type { BuildReport } from '../catalogue/build-report.ts';
import type { IndexingWatch } from '../catalogue/indexing-watch.ts';

/** Re-encodes what serves with other models and lets that serve. */
export type Reencode = (to: ModelPair, watch: IndexingWatch) => Promise<BuildReport>;

export interface ModelOrderPorts {
  /** The models of what serves. Errors: NOT_READY. */
  readonly serving: () => Promise<ModelPair>;
  readonly reencode: Reencode;
}

/** What is ordered of models: the last order counts, and it stands whether or not whoever gave it waits. */
export interface ModelOrders {
  /**
   * Changes to these models, those of other modalities staying as they are. An order that is under way is joined; one for the models
   * that serve takes back what is under way. Undefined where they serve already.
   *
   * @throws MedleyError as Reencode
   */
  use(models: readonly ModelPlace[], watch?: IndexingWatch): Promise<BuildReport | undefined>;
}

interface Order {
  readonly to: ModelPair;
  readonly watchers: Set<IndexingWatch>;
  readonly takenBack: AbortController;
  readonly done: Promise<BuildReport>;
}

export function modelOrders({ serving, reencode }: ModelOrderPorts): ModelOrders {
  let order: Order | undefined;
  const begin = (to: ModelPair): Order => {
    const watchers = new Set<IndexingWatch>();
    const takenBack = new AbortController();
    const done = reencode(to, { ...tellAll(watchers), signal: takenBack.signal }).finally(() => (order = undefined));
    return { to, watchers, takenBack, done };
  };
  return {
    use: async (models, watch = {}) => {
      const now = await serving();
      const to = withModels(now, models);
      if (isSamePair(now, to)) {
        order?.takenBack.abort(takenBack());
        await order?.done.catch(() => undefined);
        return undefined;
      }
      if (order && !isSamePair(order.to, to)) throw underWay();
      order ??= begin(to);
      return joined(order, watch);
    },
  };
}

function withModels(now: ModelPair, models: readonly ModelPlace[]): ModelPair {
  const of = (modality: ModelPlace['modality']) => models.find((place) => place.modality === modality);
  return { text: of('TEXT') ?? now.text, picture: of('IMAGE') ?? now.picture };
}

/** Hanging up ends the listening, not the work. */
async function joined({ watchers, done }: Order, watch: IndexingWatch): Promise<BuildReport> {
  watchers.add(watch);
  try {
    return await done;
  } finally {
    watchers.delete(watch);
  }
}

function tellAll(watchers: ReadonlySet<IndexingWatch>): IndexingWatch {
  return {
    onProgress: (progress) => {
      for (const { onProgress } of watchers) onProgress?.(progress);
    },
    onProblem: (problem) => {
      for (const { onProblem } of watchers) onProblem?.(problem);
    },
  };
}

function underWay(): MedleyError {
  return new MedleyError(
    'BUSY',
    'Another change of models is under way. Wait until it is done, or cancel it: run models use with the models in use.',
  );
}

function takenBack(): MedleyError {
  return new MedleyError('INTERRUPTED', 'The change of models was cancelled; the models in use stay.');
}
