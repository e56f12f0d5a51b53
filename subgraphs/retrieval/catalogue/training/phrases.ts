import { createHash } from 'node:crypto';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { saidInAttributes } from '../encoding/item-text.ts';

/** A query as a viewer might type it, made of what an item's record says of it; it fits every item that has all the values. */
export interface Phrase {
  readonly text: string;
  readonly values: readonly string[];
}

const PHRASES = 4;
/** Longer values are sentences, not what anybody types. */
const LONGEST_VALUE = 40;

/** What an item's record says of it, in small letters. */
export function valuesOf(item: Item): readonly string[] {
  const values = [...saidInAttributes(item), ...(item.brand === undefined ? [] : [item.brand])];
  return [...new Set(values.filter(({ length }) => length <= LONGEST_VALUE).map((value) => value.toLowerCase()))];
}

/**
 * Phrases of two or three values for every item, the same at every call; none where an item has fewer than two. Rare values are
 * named more often, since viewers name what sets a thing apart: "black backpacks" rather than "casual accessories".
 */
export function phrasesOf(items: readonly Item[]): readonly (readonly Phrase[])[] {
  const values = items.map(valuesOf);
  const counts = new Map<string, number>();
  for (const value of values.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const weight = (value: string): number => Math.log(1 + items.length / (counts.get(value) ?? 1));
  return items.map(({ id }, i) => {
    const own = values[i] ?? [];
    return own.length < 2 ? [] : Array.from({ length: PHRASES }, (_, turn) => phrase(own, `${id}\0${turn}`, weight));
  });
}

/** Draws by weight without replacement (Efraimidis and Spirakis 2006), in an order of its own. */
function phrase(values: readonly string[], seed: string, weight: (value: string) => number): Phrase {
  const count = 2 + Math.floor(2 * chance(`${seed}\0count`));
  const drawn = sorted(values, (value) => -Math.log(chance(`${seed}\0drawn\0${value}`)) / weight(value));
  const chosen = sorted(drawn.slice(0, count), (value) => chance(`${seed}\0order\0${value}`));
  return { text: chosen.join(' '), values: chosen };
}

function sorted(values: readonly string[], key: (value: string) => number): readonly string[] {
  return values
    .map((value) => ({ value, at: key(value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/** In (0, 1), by nothing but the seed. */
function chance(seed: string): number {
  return (createHash('sha256').update(seed).digest().readUInt32BE(0) + 0.5) / 2 ** 32;
}
