import { setTimeout as sleep } from 'node:timers/promises';
import { isSameModel, isSamePair, placesOf, unitedPlaces } from '../../../src/inference/releases/model-place.ts';
import type { ModelPair, ModelPlace } from '../../../src/inference/releases/model-place.ts';
import type { ModelRegister } from '../../../src/inference/releases/model-register.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';

export interface ModelChangePorts {
  readonly register: ModelRegister;
  /** How long a request may be on its way, milliseconds. */
  readonly patience: number;
  /** How long a process may take to load a model, milliseconds. */
  readonly loading?: number;
  readonly signal?: AbortSignal;
}

/** A generation of other models than those of what serves is being made, or is about to serve again. */
export interface ModelChange {
  /**
   * Resolves when every query that is on its way was encoded with the new models, too.
   *
   * @throws MedleyError PUBLISH_REFUSED where a process that encodes queries does not take them up
   */
  everywhere(): Promise<void>;
  /** The new generation serves: the old models go out of use when nothing meets the old generation any more. */
  done(signal: AbortSignal): Promise<void>;
  /**
   * The change failed: the new models go out of use. Where it may have failed after the switch, queries stay encoded with both, which
   * is right whatever serves.
   */
  withdrawn(failed: { readonly maybeServing: boolean }): Promise<void>;
}

/** How often processes are asked whether they are so far, and how long they may take, milliseconds. */
const LOOK = 200;
const LOADING = 120_000;
/** Within so many milliseconds every replica of retrieval notices that another generation serves. */
const SEEN = 2000;

/**
 * Puts models into use beside those of what serves. Where nothing serves, or with the same models, queries are encoded right already.
 */
export async function beginModelChange(
  { from, to, ordered = false }: { readonly from?: ModelPair; readonly to: ModelPair; readonly ordered?: boolean },
  ports: ModelChangePorts,
): Promise<ModelChange> {
  const { register, patience, signal } = ports;
  const [old, fresh] = [from ? placesOf(from) : [], placesOf(to)];
  const same = fresh.every((place) => old.some((one) => isSameModel(one, place)));
  const { inUse: prior } = await register.read();
  await register.update(({ inUse, before, change }) => ({
    inUse: unitedPlaces(unitedPlaces(old, inUse), fresh),
    before,
    change: ordered ? { to, begun: 1 + (change && isSamePair(change.to, to) ? change.begun : 0) } : change,
  }));
  const loaded = same ? Promise.resolve(false) : loadedEverywhere(fresh, ports);
  const settled = loaded.then((anybody) => (anybody && from ? sleep(patience, undefined, { signal }) : undefined));
  settled.catch(() => undefined);
  return {
    everywhere: async () => {
      await settled;
    },
    done: async (closing) => {
      if (!same && from && (await register.attending()).length > 0)
        await sleep(patience + SEEN, undefined, { signal: closing });
      await leaveOnly(fresh, register);
    },
    withdrawn: async ({ maybeServing }) => {
      if (maybeServing) await register.update(({ inUse, before }) => ({ inUse, before }));
      else await leaveOnly(from ? old : prior, register);
    },
  };
}

/** Takes all other models out of use; no change is under way any more. */
export async function leaveOnly(kept: readonly ModelPlace[], register: ModelRegister): Promise<void> {
  await register.update(({ inUse, before }) => ({
    inUse: kept,
    before: unitedPlaces(inUse, before).filter((place) => !kept.some((one) => isSameModel(one, place))),
  }));
}

/** Resolves to whether there is any process that encodes queries. */
async function loadedEverywhere(
  places: readonly ModelPlace[],
  { register, loading = LOADING, signal }: ModelChangePorts,
): Promise<boolean> {
  for (const until = Date.now() + loading; ;) {
    const processes = await register.attending();
    const lacking = processes.filter(({ spaces }) => places.some(({ space }) => !spaces.includes(space)));
    if (lacking.length === 0) return processes.length > 0;
    if (Date.now() > until) throw notTakenUp(lacking.length, lacking[0]?.problem);
    await sleep(LOOK, undefined, { signal });
  }
}

function notTakenUp(count: number, problem = 'it does not answer'): MedleyError {
  return new MedleyError(
    'PUBLISH_REFUSED',
    `${count} of the processes that encode queries could not load the new model (${problem}). The models in use stay. Put the model's folder where those processes run, and try again.`,
  );
}
