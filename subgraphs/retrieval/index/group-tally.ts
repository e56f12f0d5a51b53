import type { FieldsOf } from '../../../src/vocabulary/item.ts';

/** The field that says of which thing an item is a variant. */
export const GROUP_FIELD = 'groupId';

/** Counts items, of one group at most so many: those that come first. Of what is of no group all count, and all do with a limit of 0. */
export class GroupTally {
  readonly #limit: number;
  readonly #taken = new Map<string, number>();
  #count = 0;

  constructor(limit = 0) {
    this.#limit = limit;
  }

  /** Counts some items of one group, as many as still may; whether any did. */
  take(group: string | undefined, items = 1): boolean {
    const taken = Math.min(items, this.#left(group));
    if (this.#limit > 0 && group !== undefined) this.#taken.set(group, (this.#taken.get(group) ?? 0) + taken);
    this.#count += taken;
    return taken > 0;
  }

  get count(): number {
    return this.#count;
  }

  #left(group: string | undefined): number {
    return this.#limit > 0 && group !== undefined ? this.#limit - (this.#taken.get(group) ?? 0) : Infinity;
  }
}

/** The group of an item, by its fields; undefined where it is of none. */
export function groupOf(fields: FieldsOf | undefined): string | undefined {
  const [group] = fields?.(GROUP_FIELD) ?? [];
  return group === undefined ? undefined : String(group);
}
