import { MedleyError } from '../../runtime/errors.ts';
import type { ItemFilter, Range } from '../../vocabulary/item-filter.ts';
import type { ItemFilterInput } from './arguments.ts';
import { readText } from './read-text.ts';

/** The deepest nesting, the most nodes and the most values of one filter: every item is held against all of them. */
const DEEPEST = 8;
const MOST_NODES = 100;
const MOST_VALUES = 1000;

/** A filter with exactly one kind a node. Throws INVALID_INPUT with the place of the node that has none or several. */
export function readFilter(input: ItemFilterInput | null | undefined, where = 'filter'): ItemFilter | undefined {
  if (!input) return undefined;
  const filter = readNode(input, where, 1);
  const nodes = nodesOf(filter);
  if (nodes.length > MOST_NODES)
    throw new MedleyError(
      'INVALID_INPUT',
      `${where} has ${String(nodes.length)} conditions, counting each and, or and not; at most ${String(MOST_NODES)} are allowed. Put several values of one field into one "in".`,
    );
  const values = nodes.reduce((sum, node) => sum + valuesOf(node), 0);
  if (values > MOST_VALUES)
    throw new MedleyError(
      'INVALID_INPUT',
      `${where} lists ${String(values)} values; at most ${String(MOST_VALUES)} are allowed.`,
    );
  return filter;
}

function nodesOf(filter: ItemFilter): readonly ItemFilter[] {
  if ('and' in filter) return [filter, ...filter.and.flatMap(nodesOf)];
  if ('or' in filter) return [filter, ...filter.or.flatMap(nodesOf)];
  return 'not' in filter ? [filter, ...nodesOf(filter.not)] : [filter];
}

function valuesOf(filter: ItemFilter): number {
  if ('ids' in filter) return filter.ids.length;
  return 'in' in filter ? filter.in.length : 0;
}

function readNode(node: ItemFilterInput, where: string, depth: number): ItemFilter {
  if (depth > DEEPEST)
    throw new MedleyError('INVALID_INPUT', `${where} is nested more than ${String(DEEPEST)} levels deep. Flatten it.`);
  const { and, or, not, ids, field } = node;
  const kinds = [and, or, not, ids, field].filter((kind) => kind !== undefined && kind !== null);
  if (kinds.length !== 1)
    throw new MedleyError(
      'INVALID_INPUT',
      `${where} has ${String(kinds.length)} of and, or, not, ids and field; expected exactly one.`,
    );
  if (and) return { and: and.map((part, i) => readNode(part, `${where}.and[${String(i)}]`, depth + 1)) };
  if (or) return { or: or.map((part, i) => readNode(part, `${where}.or[${String(i)}]`, depth + 1)) };
  if (not) return { not: readNode(not, `${where}.not`, depth + 1) };
  if (ids) return { ids: readTexts(ids, `${where}.ids`) };
  return readCondition(node, where);
}

function readCondition({ field, in: values, range }: ItemFilterInput, where: string): ItemFilter {
  const name = readText(field ?? '', `${where}.field`);
  if (Boolean(values) === Boolean(range))
    throw new MedleyError('INVALID_INPUT', `${where} needs either "in" or "range" for the field "${name}".`);
  if (values) return { field: name, in: readTexts(values, `${where}.in`) };
  const bounds = Object.entries(range ?? {}).filter((entry): entry is [string, number] => entry[1] !== null);
  return { field: name, range: upright(Object.fromEntries(bounds), where) };
}

function readTexts(texts: readonly string[], where: string): readonly string[] {
  return texts.map((text, at) => readText(text, `${where}[${String(at)}]`));
}

/** A range that nothing can lie in is a mistake, and an answer without hits would hide it. */
function upright(range: Range, where: string): Range {
  const { gte, gt, lte, lt } = range;
  const [low, high] = [Math.max(gte ?? -Infinity, gt ?? -Infinity), Math.min(lte ?? Infinity, lt ?? Infinity)];
  if (low < high || (low === high && low !== gt && high !== lt)) return range;
  throw new MedleyError(
    'INVALID_INPUT',
    `${where}.range is empty: nothing is between ${String(low)} and ${String(high)}.`,
  );
}
