import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { ItemPair } from '../../../../src/vocabulary/viewer-event.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { namedItems } from './intents.ts';
import type { NamedItem } from './intents.ts';
import { trainedPart } from './item-vector-input.ts';
import { matrix, pack } from '../fitting/packed.ts';
import type { CompanionFacts } from './trained-companions.ts';

const FEWEST = 200;

export interface CompanionsInput {
  /**
   * Packed, as training/companions.py reads it. Arrays: `text` and `picture` (items x dims). Facts: `kinds`, a number by item, and `pairs`,
   * rows of items that were chosen together.
   */
  readonly bytes: Uint8Array;
  readonly facts: CompanionFacts;
}

/**
 * Items with a picture, and those of them that viewers chose together. The first tenth of the items is kept back, as newcomers that
 * nobody has chosen yet.
 *
 * @throws MedleyError INVALID_CATALOGUE where there is nothing to train
 */
export function companionsInput(
  drawn: DrawnSample,
  { fitting, together }: { readonly fitting: Fitting; readonly together: readonly ItemPair[] },
): CompanionsInput {
  const { from, items } = trainedPart(namedItems(drawn).filter(({ features }) => features));
  const pairs = rowsOfPairs(items, together);
  if (pairs.length < FEWEST)
    throw new MedleyError(
      'INVALID_CATALOGUE',
      `The log has ${pairs.length} pairs of items that a viewer chose within a day; at least ${FEWEST} are needed to learn what goes together.`,
    );
  const seen = items.map((item) => fitting.seen(item));
  const arrays = { text: matrix(seen.map(({ text }) => text)), picture: matrix(seen.map(({ picture }) => picture)) };
  return {
    bytes: pack({ kinds: kindsOf(items), pairs }, arrays),
    facts: { textSpace: fitting.textSpace, imageSpace: fitting.imageSpace, from, pairs: pairs.length },
  };
}

/** Of the pairs, those whose items are both among these, as rows of them. */
export function rowsOfPairs(
  items: readonly NamedItem[],
  together: readonly ItemPair[],
): readonly (readonly [number, number])[] {
  const rows = new Map(items.map(({ own }, row) => [own.id, row]));
  return together.flatMap(({ left, right }) => {
    const [a, b] = [rows.get(left), rows.get(right)];
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
}

/** The narrowest category of each, as a number: what is hardest to tell from a companion is another of its kind. */
function kindsOf(items: readonly NamedItem[]): readonly number[] {
  const numbers = new Map<string, number>();
  return items.map(({ own }) => {
    const kind = own.category.at(-1) ?? '';
    const known = numbers.get(kind) ?? numbers.size;
    numbers.set(kind, known);
    return known;
  });
}
