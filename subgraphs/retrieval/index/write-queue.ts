import pLimit from 'p-limit';
import { currentDeadline, underDeadline, withoutDeadline } from '../../../src/runtime/current-deadline.ts';
import type { Deadline } from '../../../src/vocabulary/deadline.ts';
import { GenerationReplaced } from './generation-replaced.ts';
import { changesTo, foldChanges } from './change-batch.ts';
import type { Change, ChangeBatch } from './change-batch.ts';
import type { ItemRow, RefusedItem } from './item-index.ts';

/** Where the queue writes to. */
export interface ChangeTarget {
  /** The id of the generation that serves now. */
  serving(): string | undefined;
  /** Those of the ids that are there. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Resolves to the items that were refused; the rest of the batch is written. */
  apply(batch: ChangeBatch): Promise<readonly RefusedItem[]>;
}

interface Waiting {
  readonly change: Change;
  /** Until when who asked waits; unset: for as long as it takes. */
  readonly deadline: Deadline | undefined;
  readonly done: (outcome: Outcome) => void;
  readonly failed: (reason: unknown) => void;
}

/** What became of one change. */
interface Outcome {
  readonly removed: readonly string[];
  readonly refused: readonly RefusedItem[];
}

/**
 * All writes of an index by this process, one after another. What comes while one is under way is written together next, the last of
 * each id: two upserts of one new id side by side would both find it missing and both insert it.
 */
export class WriteQueue {
  readonly #target: ChangeTarget;
  #waiting: Waiting[] = [];
  readonly #inTurn = pLimit(1);

  constructor(target: ChangeTarget) {
    this.#target = target;
  }

  /** Resolves to the items that were refused. Errors: GenerationReplaced where another generation serves when it is the rows' turn. */
  async upsert(rows: readonly ItemRow[], generation: string): Promise<readonly RefusedItem[]> {
    return (await this.#add({ rows, generation })).refused;
  }

  /** Resolves to the ids that were there. */
  async remove(ids: readonly string[]): Promise<readonly string[]> {
    return (await this.#add({ ids })).removed;
  }

  /** Runs a task when all before it is done, and nothing beside it. */
  alone<T>(task: () => Promise<T>): Promise<T> {
    return this.#inTurn(task);
  }

  #add(change: Change): Promise<Outcome> {
    return new Promise((done, failed) => {
      this.#waiting.push({ change, deadline: currentDeadline(), done, failed });
      if (this.#waiting.length === 1) void this.alone(() => this.#flush());
    });
  }

  /** Refuses what was made for a generation that was replaced while it waited. */
  #current(): readonly Waiting[] {
    const serving = this.#target.serving();
    return this.#waiting.filter(({ change, failed }) => {
      const current = !('rows' in change) || change.generation === serving;
      if (!current) failed(new GenerationReplaced());
      return current;
    });
  }

  async #flush(): Promise<void> {
    const waiting = this.#current();
    this.#waiting = [];
    await untilLast(waiting, () => this.#write(waiting));
  }

  async #write(waiting: readonly Waiting[]): Promise<void> {
    const changes = waiting.map(({ change }) => change);
    let removed: readonly (readonly string[])[] = [];
    try {
      const unwanted = new Set(changes.flatMap((change) => ('ids' in change ? change.ids : [])));
      const there = unwanted.size > 0 ? await this.#target.known([...unwanted]) : NONE;
      const fold = (refused: Refusals) => foldChanges(changes, { there, refused });
      const folded = fold(new Map());
      removed = folded.removed;
      const refused = await this.#apply(folded.batch, (without) => fold(without).batch);
      waiting.forEach(({ change, done }, place) => {
        done({ removed: removed[place] ?? [], refused: refusedOf(change, refused) });
      });
    } catch (reason) {
      waiting.forEach(({ failed }, place) => {
        failed(reason instanceof GenerationReplaced ? new GenerationReplaced(removed[place]) : reason);
      });
    }
  }

  /** Writes a batch. Where an item is refused, what was changed of it just before holds, and is written next. */
  async #apply(whole: ChangeBatch, batchWithout: (refused: Refusals) => ChangeBatch): Promise<Refusals> {
    const refused = new Map<ItemRow, RefusedItem>();
    let batch = whole;
    for (;;) {
      const reasons = new Map((await this.#target.apply(batch)).map((one) => [one.id, one]));
      if (reasons.size === 0) return refused;
      for (const row of batch.rows) {
        const reason = reasons.get(row.item.id);
        if (reason) refused.set(row, reason);
      }
      batch = changesTo(new Set(reasons.keys()), batchWithout(refused));
      if (batch.rows.length + batch.ids.length === 0) return refused;
    }
  }
}

/** Why rows were refused. */
type Refusals = ReadonlyMap<ItemRow, RefusedItem>;

const NONE: ReadonlySet<string> = new Set();

function refusedOf(change: Change, refused: Refusals): readonly RefusedItem[] {
  return 'rows' in change ? change.rows.flatMap((row) => refused.get(row) ?? []) : [];
}

/** Works for as long as anybody of a batch waits: one who is in a hurry must not cost the others their changes. */
function untilLast<T>(waiting: readonly Waiting[], work: () => T): T {
  const ends = waiting.map(({ deadline }) => deadline?.at ?? Infinity);
  const at = Math.max(...ends);
  return at < Infinity ? underDeadline({ at }, work) : withoutDeadline(work);
}
