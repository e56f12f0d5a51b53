import { norm, unit, weightedSum } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import type { Taste, TasteItem } from '../../src/vocabulary/viewer.ts';
import { dimsOf } from './index/columns.ts';
import type { PlannedProbe } from './planned-probe.ts';
import type { ServingIndex } from './serving-index.ts';

/** A taste in a column, which all that is compared there speaks for. */
interface Liking {
  readonly probe: Pick<PlannedProbe, 'column' | 'signal' | 'route'>;
  readonly items: readonly TasteItem[];
}

/**
 * A taste as one vector for each kind of evidence: the weighted mean of what the liked items have in the generation that serves, so
 * that vectors of two generations can never meet. The item vector, where one was trained, stands for both modalities at once.
 */
export async function probesOfTaste(
  { text, image }: Pick<Taste, 'text' | 'image'>,
  index: ServingIndex,
): Promise<readonly PlannedProbe[]> {
  const { head } = index.serving();
  const both = [...text, ...image];
  const likings: readonly Liking[] = [
    { probe: { column: 'text', signal: 'TEXT', route: 'item->text' }, items: text },
    { probe: { column: 'looks', signal: 'IMAGE', route: 'item->picture' }, items: image },
    { probe: { column: 'fused', signal: 'ITEM', route: 'item->item' }, items: both },
  ];
  const known = likings.filter(({ probe }) => dimsOf(head, probe.column) > 0);
  const ids = [...new Set(both.map(({ id }) => id))];
  const stored = await index.vectors(
    ids,
    known.map(({ probe }) => probe.column),
  );
  const byId = new Map(ids.map((id, i) => [id, stored[i]]));
  return known.flatMap(({ probe, items }) => {
    const terms = items.flatMap(({ id, weight }) => {
      const vector = byId.get(id)?.[probe.column];
      return vector ? [{ vector, weight }] : [];
    });
    return meanProbe(probe, weightedSum(terms, dimsOf(head, probe.column)));
  });
}

/** None where nothing that is liked has such a vector, or all of them cancel out. */
function meanProbe(probe: Liking['probe'], mean: Vector): readonly PlannedProbe[] {
  return norm(mean) === 0 ? [] : [{ ...probe, vector: unit(mean), weight: 1 }];
}
