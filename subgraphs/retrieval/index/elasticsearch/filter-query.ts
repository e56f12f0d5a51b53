import type { estypes } from '@elastic/elasticsearch';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { ItemFilter, Range } from '../../../../src/vocabulary/item-filter.ts';
import { inSmallLetters, VALUES } from './field-names.ts';
import type { IndexedField } from './field-names.ts';

type Query = estypes.QueryDslQueryContainer;

const ALL: Query = { match_all: {} };
const NONE: Query = { match_none: {} };

/** A filter as a query that means what `passes` of the vocabulary means. Errors: UNKNOWN_FIELD. */
export function toQuery(filter: ItemFilter | undefined, fields: ReadonlyMap<string, IndexedField>): Query {
  if (!filter) return ALL;
  const all = (parts: readonly ItemFilter[]): Query[] => parts.map((part) => toQuery(part, fields));
  if ('and' in filter) return filter.and.length > 0 ? { bool: { filter: all(filter.and) } } : ALL;
  if ('or' in filter)
    return filter.or.length > 0 ? { bool: { should: all(filter.or), minimum_should_match: 1 } } : NONE;
  if ('not' in filter) return { bool: { must_not: [toQuery(filter.not, fields)] } };
  if ('ids' in filter) return { terms: { id: [...filter.ids] } };
  const field = fieldOf(filter.field, fields);
  if ('in' in filter) return oneOf(filter.in, field);
  return field.number === undefined ? NONE : within(field.number, filter.range);
}

/** As it is written, too: what an earlier release writes live into this index is in no other field. */
function oneOf(asked: readonly string[], field: IndexedField): Query {
  const written = { terms: { [field.words]: [...asked] } };
  const caseless = asked.flatMap((word) => inSmallLetters(word, field) ?? []);
  if (caseless.length === 0) return written;
  return { bool: { should: [{ terms: { [VALUES]: caseless } }, written], minimum_should_match: 1 } };
}

/** Errors: UNKNOWN_FIELD. */
export function fieldOf(field: string, fields: ReadonlyMap<string, IndexedField>): IndexedField {
  const found = fields.get(field);
  if (found) return found;
  const known = [...fields.keys()].sort().join(', ');
  throw new MedleyError('UNKNOWN_FIELD', `The catalogue has no field "${field}"; it has ${known}.`);
}

/** JSON knows no infinity, and a value is always finite: an infinite bound holds for all values or for none. */
function within(field: string, { gte, gt, lte, lt }: Range): Query {
  if ([gte, gt].includes(Infinity) || [lte, lt].includes(-Infinity)) return NONE;
  const bounds = Object.entries({ gte, gt, lte, lt }).filter(([, bound]) => Number.isFinite(bound));
  // A bound each: of "gte" and "gt" together one range would heed the last alone.
  const ranges = bounds.map(([sign, bound]): Query => ({ range: { [field]: { [sign]: bound } } }));
  return { bool: { filter: [{ exists: { field } }, ...ranges] } };
}
