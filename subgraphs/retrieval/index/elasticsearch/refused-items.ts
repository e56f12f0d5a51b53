import type { Logger } from '../../../../src/runtime/logger.ts';
import type { RefusedItem } from '../item-index.ts';
import { TOO_LARGE } from './bulk.ts';
import type { RefusedDocument } from './bulk.ts';
import type { Generation } from './generations.ts';

/** How many reasons of one write go to the log, since they are mostly alike, and how much of each: they quote the item. */
const MOST_LOGGED = 5;
const LONGEST_REASON = 300;

/** Documents that the cluster refused, as it is told to who wrote the items: what the cluster says of its own fields goes to the log. */
export function refusedItems(
  refused: readonly RefusedDocument[],
  { head, fields }: Pick<Generation, 'head' | 'fields'>,
  log?: Logger,
): readonly RefusedItem[] {
  if (refused.length > 0) {
    const reasons = refused.slice(0, MOST_LOGGED).map(({ id, error }) => ({ id, reasons: reasonsOf(error) }));
    log?.warn({ generation: head.id, count: refused.length, reasons }, 'the index refused items');
  }
  return refused.map(({ id, error }) => ({ id, code: 'INVALID_ITEM', message: messageOf(error, fields) }));
}

function reasonsOf({ type, reason, caused_by: cause }: RefusedDocument['error']): readonly string[] {
  return [type, reason, cause?.reason].flatMap((text) => text?.slice(0, LONGEST_REASON) ?? []);
}

function messageOf(error: RefusedDocument['error'], fields: Generation['fields']): string {
  if (error.type === TOO_LARGE)
    return 'The item is larger than what the search index takes at once; shorten its texts and send it again.';
  const field = fieldIn(error, fields);
  return field === undefined
    ? 'The search index does not take this item as it is; the log says why. Correct it and send it again.'
    : `${field}: the search index does not take this value; shorten or correct it and send the item again.`;
}

/** The field of the catalogue that the reasons speak of. */
function fieldIn(error: RefusedDocument['error'], fields: Generation['fields']): string | undefined {
  const reasons = `${error.reason ?? ''} ${error.caused_by?.reason ?? ''}`;
  const named = [...fields.values()].find(({ words, number }) =>
    [words, ...(number === undefined ? [] : [number])].some((name) => reasons.includes(name)),
  );
  return named?.field;
}
