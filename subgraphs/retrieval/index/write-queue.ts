import { currentDeadline, underDeadline, withoutDeadline } from '../../../src/runtime/current-deadline.ts';
import type { Deadline } from '../../../src/vocabulary/deadline.ts';
import { GenerationReplaced } from './generation-replaced.ts';
import type { ItemRow } from './item-index.ts';

/** What a batch of live changes comes to: the last of each id. */
export interface ChangeBatch {
  readonly rows: readonly ItemRow[];
  readonly ids: readonly string[];
}

/** Where the queue writes to. */
export interface ChangeTarget {
  /** The id of the generation that serves now. */
  serving(): string | undefined;
  /** Those of the ids that are there. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  apply(batch: ChangeBatch): Promise<void>;
}

/** Rows hold vectors that were fitted for one generation. */
type Change = { readonly rows: readonly ItemRow[]; readonly generation: string } | { readonly ids: readonly string[] };

interface Waiting {
  readonly change: Change;
  /** Until when who asked waits; unset: for as long as it takes. */
  readonly deadline: Deadline | undefined;
  readonly done: (removed: readonly string[]) => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * All writes of an index by this process, one after another. What comes while one is under way is written together next, the last of
 * each id: two upserts of one new id side by side would both find it missing and both insert it.
 */
export class WriteQueue {
  readonly #target: ChangeTarget;
  #waiting: Waiting[] = [];
  #tail: Promise<unknown> = Promise.resolve();

  constructor(target: ChangeTarget) {
    this.#target = target;
  }

  /** Errors: GenerationReplaced where another generation serves when it is the rows' turn. */
  async upsert(rows: readonly ItemRow[], generation: string): Promise<void> {
    await this.#add({ rows, generation });
  }

  /** Resolves to the ids that were there. */
  async remove(ids: readonly string[]): Promise<readonly string[]> {
    return this.#add({ ids });
  }

  /** Runs a task when all before it is done, and nothing beside it. */
  async alone<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  #add(change: Change): Promise<readonly string[]> {
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
    let removed: Folded['removed'] = [];
    try {
      const unwanted = new Set(waiting.flatMap(({ change }) => ('ids' in change ? change.ids : [])));
      const known = unwanted.size > 0 ? await this.#target.known([...unwanted]) : NONE;
      const folded = fold(waiting, known);
      removed = folded.removed;
      await this.#target.apply(folded.batch);
      waiting.forEach(({ done }, place) => {
        done(removed[place] ?? []);
      });
    } catch (reason) {
      waiting.forEach(({ failed }, place) => {
        failed(reason instanceof GenerationReplaced ? new GenerationReplaced(removed[place]) : reason);
      });
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Works for as long as anybody of a batch waits: one who is in a hurry must not cost the others their changes. */
function untilLast<T>(waiting: readonly Waiting[], work: () => T): T {
  const ends = waiting.map(({ deadline }) => deadline?.at ?? Infinity);
  const at = Math.max(...ends);
  return at < Infinity ? underDeadline({ at }, work) : withoutDeadline(work);
}

/** What the changes come to, and which ids each of them removed, as if they were made one by one. */
function fold(waiting: readonly Waiting[], known: ReadonlySet<string>): Folded {
  const last = new Map<string, ItemRow | null>();
  const removed = waiting.map(({ change }) => {
    if ('rows' in change) {
      for (const row of change.rows) last.set(row.item.id, row);
      return [];
    }
    const there = [...new Set(change.ids)].filter((id) => (last.has(id) ? last.get(id) !== null : known.has(id)));
    for (const id of there) last.set(id, null);
    return there;
  });
  const rows = [...last.values()].filter((row) => row !== null);
  const ids = [...last].flatMap(([id, row]) => (row ? [] : [id]));
  return { batch: { rows, ids }, removed };
}

interface Folded {
  readonly batch: ChangeBatch;
  readonly removed: readonly (readonly string[])[];
}
