import { MedleyError } from '../../src/runtime/errors.ts';
import type { FieldTypes } from '../../src/vocabulary/item.ts';
import { firstMisuse, knownField, rangedType } from '../../src/vocabulary/item-filter.ts';
import type { ItemFilter, Misuse } from '../../src/vocabulary/item-filter.ts';
import type { FacetRequest } from '../../src/vocabulary/search-request.ts';

export interface FieldUse {
  readonly filter?: ItemFilter;
  readonly facets?: readonly FacetRequest[];
}

/** @throws MedleyError UNKNOWN_FIELD with the first field that the catalogue lacks, or that is used against its type. */
export function checkFields({ filter, facets = [] }: FieldUse, types: FieldTypes): void {
  const wrong = (filter && firstMisuse(filter, types)) ?? facets.flatMap((facet) => misuseOf(facet, types))[0];
  if (wrong)
    throw new MedleyError(
      'UNKNOWN_FIELD',
      `The field "${wrong.field}" cannot be used like this: expected ${wrong.expected}.`,
    );
}

function misuseOf({ field, ranges, matching, under }: FacetRequest, types: FieldTypes): readonly Misuse[] {
  const ofWords = (matching ?? under) !== undefined && types[field] !== 'string';
  const expected =
    knownField(field, types) ??
    (ranges && rangedType(types[field])) ??
    (ofWords ? 'no "matching" and no "under", since it holds no words' : undefined);
  return expected ? [{ field, expected }] : [];
}
