import { errors } from '@elastic/elasticsearch';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { BUILT_IN_FIELDS } from '../../../../src/vocabulary/item.ts';
import type { FieldTypes } from '../../../../src/vocabulary/item.ts';
import { Refused } from './cluster-errors.ts';

const LIMIT = /Limit of total fields \[(\d+)\]/;

/** What a catalogue is told whose attributes are more than the cluster keeps apart; undefined where it was refused for something else. */
export function tooManyFields(error: unknown, fields: FieldTypes): MedleyError | undefined {
  const limit = error instanceof errors.ResponseError ? LIMIT.exec(new Refused(error).message)?.[1] : undefined;
  if (limit === undefined) return undefined;
  const attributes = Object.keys(fields).filter((name) => !Object.hasOwn(BUILT_IN_FIELDS, name));
  return new MedleyError(
    'INVALID_CATALOGUE',
    `The catalogue has ${attributes.length} attributes, which need more than the ${limit} fields that Elasticsearch takes; ` +
      'an attribute of numbers or dates needs two fields, any other needs one. ' +
      'List only attributes to filter, count or sort by (items keep the others all the same), or raise index.mapping.total_fields.limit with an index template.',
  );
}
