import type { estypes } from '@elastic/elasticsearch';

/**
 * Asks for hits without anything that is stored, not even `_id`: unpacking that takes longer than finding them (1,720 hits: 33 ms,
 * and 14 without). Ids, and whatever else is wanted, come from columns.
 */
export function columnHits(...columns: readonly string[]) {
  return { stored_fields: '_none_', docvalue_fields: ['id', ...columns] } as const satisfies estypes.SearchRequest;
}

/** What to read of the answer, besides its scores. */
export const COLUMN_VALUES = 'hits.hits.fields';

/** The id of such a hit. */
export function idOf({ fields }: Pick<estypes.SearchHit, 'fields'>): string {
  const [id] = (fields?.['id'] ?? []) as readonly string[];
  return id ?? '';
}
