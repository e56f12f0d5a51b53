import type { Vector } from '../../src/vocabulary/vector.ts';
import type { ItemIndex, ItemRow } from './index/item-index.ts';
import { whatAnswers } from './index/partly-read.ts';
import type { PlannedProbe, PlannedProbes } from './planned-probe.ts';
import type { Degradation } from './ranking/window.ts';

interface AskedItem {
  readonly id: string;
  readonly weight: number;
}

/** None where no tower was trained, or it knows no such way: that is no loss, since few catalogues have one. */
export function itemProbe(
  route: PlannedProbe['route'],
  vector: Vector | null | undefined,
  weight: number,
): readonly PlannedProbe[] {
  return vector ? [{ column: 'fused', signal: 'ITEM', route, vector, weight }] : [];
}

/** What is like the items: their stored vectors are the query. */
export function probesOfItems(items: readonly AskedItem[], index: ItemIndex): Promise<PlannedProbes> {
  return fromVectors(items, index, (vectors, weight) => [
    ...(vectors.text
      ? [{ column: 'text', signal: 'TEXT', route: 'item->text', vector: vectors.text, weight } as const]
      : []),
    ...(vectors.looks
      ? [{ column: 'looks', signal: 'IMAGE', route: 'item->picture', vector: vectors.looks, weight } as const]
      : []),
    ...itemProbe('item->item', vectors.fused, weight),
  ]);
}

/** What viewers choose with the items; no probes where that was not learned for the catalogue. */
export function probesOfCompanions(items: readonly AskedItem[], index: ItemIndex): Promise<PlannedProbes> {
  return fromVectors(items, index, ({ companion: vector }, weight) =>
    vector ? [{ column: 'companion', signal: 'ITEM', route: 'item->companion', vector, weight }] : [],
  );
}

async function fromVectors(
  items: readonly AskedItem[],
  index: ItemIndex,
  probesOf: (vectors: ItemRow['vectors'], weight: number) => readonly PlannedProbe[],
): Promise<PlannedProbes> {
  if (items.length === 0) return { probes: [], degradations: [] };
  const { read: stored, partial } = await whatAnswers(index.vectors(items.map(({ id }) => id)));
  const probes = items.flatMap(({ weight }, i) => {
    const vectors = stored[i];
    return vectors ? probesOf(vectors, weight) : [];
  });
  const gone = items.filter((_, i) => stored[i] === undefined).map(({ id }) => id);
  return { probes, degradations: gone.length > 0 ? [partial ? unread(gone) : unknown(gone)] : [] };
}

function unknown(ids: readonly string[]): Degradation {
  return { code: 'ITEM_GONE', message: `No item has the id ${ids.join(', ')}; the rest of the query was answered.` };
}

function unread(ids: readonly string[]): Degradation {
  return {
    code: 'INDEX_PARTIAL',
    message: `Some of the catalogue did not answer, and the item ${ids.join(', ')} may be in it; the rest of the query was answered.`,
  };
}
