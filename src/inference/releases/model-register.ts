import type { ModelPair, ModelPlace } from './model-place.ts';

/** Which models are in use. */
export interface ModelsInUse {
  /** What every query is encoded with: the models of what serves, and while they are changed those that come. Empty before the first index. */
  readonly inUse: readonly ModelPlace[];
  /** What was in use before: a rollback may need it again. */
  readonly before: readonly ModelPlace[];
  /** A change of models that somebody ordered and that is not done; how often it was begun. */
  readonly change?: { readonly to: ModelPair; readonly begun: number };
}

/** A process that encodes queries, as it tells of itself. */
export interface QueryEncoderProcess {
  /** The spaces that it encodes in. */
  readonly spaces: readonly string[];
  /** Why it cannot encode in another one that is in use. */
  readonly problem?: string;
}

/** Which models are in use, durable and the same for every process; and which processes encode queries with what. */
export interface ModelRegister {
  read(): Promise<ModelsInUse>;
  /** Changes what is in use in one step that others see whole. Durable when resolved. */
  update(change: (now: ModelsInUse) => ModelsInUse): Promise<ModelsInUse>;
  /** Tells what this process encodes with; who is silent for `SILENCE` counts as gone. */
  attend(id: string, process: QueryEncoderProcess): Promise<void>;
  leave(id: string): Promise<void>;
  /** Those that encode queries now. */
  attending(): Promise<readonly QueryEncoderProcess[]>;
  close(): Promise<void>;
}

/** After how long a silence a process counts as gone, milliseconds. */
export const SILENCE = 20_000;

export const NOTHING_IN_USE: ModelsInUse = { inUse: [], before: [] };
