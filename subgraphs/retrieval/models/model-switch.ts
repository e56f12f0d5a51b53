import type { ModelPair } from '../../../src/inference/releases/model-place.ts';
import type { Models } from '../../../src/inference/releases/models.ts';
import { MedleyError } from '../../../src/runtime/errors.ts';
import type { Logger } from '../../../src/runtime/logger.ts';
import type { ItemIndex } from '../index/item-index.ts';
import type { GenerationEncoders } from './generation-encoders.ts';
import { beginModelChange } from './model-change.ts';

/** What a work on generations brings models to. */
export interface SwitchTo {
  readonly to: ModelPair;
  /** Somebody asked for these models: it is taken up again after a fall. */
  readonly ordered?: boolean;
  readonly signal?: AbortSignal;
}

export interface Switched extends Pick<SwitchTo, 'to'> {
  /** To be awaited before a generation of these models serves. */
  readonly everywhere: () => Promise<void>;
  /** Aborted when the models cannot be changed to, too. */
  readonly signal: AbortSignal;
}

/** Runs a work that lets a generation of other models serve, or of the same ones: queries are encoded with both meanwhile. */
export type Switching = <T>(target: () => Promise<SwitchTo>, work: (switched: Switched) => Promise<T>) => Promise<T>;

export interface ModelSwitchPorts {
  readonly index: Pick<ItemIndex, 'head'>;
  readonly encoders: Pick<GenerationEncoders, 'models'>;
  readonly models: Pick<Models, 'register'>;
  /** How long a request may be on its way, milliseconds. */
  readonly patience: number;
  /** Where what is left to be tidied up after a work goes on. */
  readonly builds: Aftermath;
  readonly log: Logger;
}

interface Aftermath {
  readonly closed: boolean;
  tidy(work: (closing: AbortSignal) => Promise<void>, failed: (error: unknown) => void): void;
}

export function modelSwitch({
  index,
  encoders,
  models: { register },
  patience,
  builds,
  log,
}: ModelSwitchPorts): Switching {
  return async (target, work) => {
    const { to, ordered, signal } = await target();
    const head = index.head();
    const from = head && (await encoders.models(head).catch(gone));
    const refused = new AbortController();
    const all = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal;
    const change = await beginModelChange({ from, to, ordered }, { register, patience, signal });
    change.everywhere().catch((error: unknown) => {
      refused.abort(error);
    });
    let maybeServing = false;
    const everywhere = async () => {
      await change.everywhere();
      maybeServing = true;
    };
    try {
      const done = await work({ to, everywhere, signal: all });
      builds.tidy(
        (closing) => change.done(closing),
        (error) => log.warn({ err: error }, 'models that are no longer used could not be unloaded'),
      );
      return done;
    } catch (error) {
      // A server that stops leaves an order as it is: the next one takes it up.
      if (!builds.closed || ordered !== true) await change.withdrawn({ maybeServing });
      throw error;
    }
  };
}

/** Models whose folders are gone cannot be used beside others: what they made is replaced. Else it is not known what serves. */
function gone(error: unknown): undefined {
  if (error instanceof MedleyError && error.code === 'SPACE_MISMATCH') return undefined;
  throw error;
}
