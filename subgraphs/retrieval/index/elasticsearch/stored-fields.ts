import type { estypes } from '@elastic/elasticsearch';
import type { FieldsOf, FieldValue } from '../../../../src/vocabulary/item.ts';
import type { Cluster } from './cluster.ts';
import { COLUMN_VALUES, columnHits, idOf } from './column-hits.ts';
import type { IndexedField } from './field-names.ts';
import type { Generation } from './generations.ts';
import { hitsOf } from './stored-items.ts';

interface AskedFields {
  readonly ids: readonly string[];
  /** Of fields; those that the generation does not know have no values. */
  readonly names: readonly string[];
}

/** The values of fields by id, from the columns that filters read: the items themselves are neither unpacked nor sent. */
export async function storedFields(
  cluster: Pick<Cluster, 'ask'>,
  generation: Generation,
  { ids, names }: AskedFields,
): Promise<ReadonlyMap<string, FieldsOf>> {
  const { index, fields } = generation;
  const columns = names.flatMap((name) => fields.get(name) ?? []).map(columnOf);
  const hits = await hitsOf(cluster, { index, ...columnHits(...columns), filter_path: [COLUMN_VALUES] }, ids);
  return new Map(hits.map((hit) => [idOf(hit), valuesIn(hit, generation)] as const));
}

function valuesIn(hit: estypes.SearchHit, { fields, head }: Generation): FieldsOf {
  return (name) => {
    const field = fields.get(name);
    const values = field && (hit.fields?.[columnOf(field)] as readonly FieldValue[] | undefined);
    if (!values) return [];
    return head.fields[name] === 'boolean' ? values.map((value) => value === 'true') : values;
  };
}

function columnOf({ words, number }: IndexedField): string {
  return number ?? words;
}
