import DataLoader from 'dataloader';
import { bothOf } from '../../src/vocabulary/item-filter.ts';
import type { Item } from '../../src/vocabulary/item.ts';
import { GROUP_FIELD } from './index/group-tally.ts';
import { whatAnswers } from './index/partly-read.ts';
import type { PolicySource } from './ranking-policy.ts';
import { shownAnywhere } from './rules/effect.ts';
import type { ServingIndex } from './serving-index.ts';

export interface VariantPorts {
  readonly index: ServingIndex;
  readonly policy: PolicySource;
  readonly now?: () => number;
}

/** The most that are told of one item. */
const MOST = 50;

/** The other variants of an item, those of its group: at most `first`, 1 to 50, the most popular first, ties by id. */
export type VariantsOf = (request: object, item: Item | undefined, first: number) => Promise<readonly Item[]>;

/** Finds the variants of all items of one request together, and once. What rules hide from every search is none. */
export function variantsOf(ports: VariantPorts): VariantsOf {
  const begun = new WeakMap<object, DataLoader<string, readonly Item[]>>();
  return async (request, item, first) => {
    if (item?.groupId === undefined) return [];
    const groups = begun.get(request) ?? new DataLoader((names) => itemsOfGroups(names, ports), { maxBatchSize: 100 });
    begun.set(request, groups);
    const all = await groups.load(item.groupId);
    return all.filter(({ id }) => id !== item.id).slice(0, Math.min(Math.max(first, 1), MOST));
  };
}

async function itemsOfGroups(
  groups: readonly string[],
  { index, policy, now = Date.now }: VariantPorts,
): Promise<readonly (readonly Item[])[]> {
  const { fields } = index.serving().head;
  const { shown } = shownAnywhere(policy().rules, now(), fields);
  // One more than are told, as the item itself is among them.
  const perGroup = MOST + 1;
  const { ids } = await index.browse({
    filter: bothOf({ field: GROUP_FIELD, in: groups }, shown),
    orders: [{ field: 'popularity', direction: 'DESC' }],
    limit: perGroup * groups.length,
    perGroup,
  });
  const { read } = await whatAnswers(index.items(ids));
  const byGroup = Map.groupBy(
    read.filter((item) => item !== undefined),
    ({ groupId }) => groupId,
  );
  return groups.map((group) => byGroup.get(group) ?? []);
}
