import type { estypes } from '@elastic/elasticsearch';
import type { FieldsOf, FieldValue } from '../../../../src/vocabulary/item.ts';
import type { Versions } from '../item-index.ts';
import { COLUMN_VALUES, columnHits, idOf, VERSION, versionOf, WHOLENESS } from './column-hits.ts';
import type { IndexedField } from './field-names.ts';
import type { Generation } from './generations.ts';
import type { Remembered } from './item-memory.ts';
import { hitsOf } from './stored-items.ts';
import type { FoundById, Reading } from './stored-items.ts';

interface AskedFields {
  readonly ids: readonly string[];
  /** Of fields; those that the generation does not know have no values. */
  readonly names: readonly string[];
  readonly versions?: Versions;
}

/** The values of fields by id, from the columns that filters read: the items themselves are neither unpacked nor sent. */
export async function storedFields(
  { cluster, memory }: Reading,
  generation: Generation,
  { ids, names, versions }: AskedFields,
): Promise<FoundById<FieldsOf>> {
  const { index, fields } = generation;
  const { known: byId, unknown } = memory.recall({ index, ids, versions }, ({ values }) =>
    values && names.every((name) => values.has(name)) ? valuesIn(values) : undefined,
  );
  const columns = names.flatMap((name) => fields.get(name) ?? []).map(columnOf);
  const wanted = columnHits(...columns, ...(memory.remembers ? [VERSION] : []));
  const asked = { index, ...wanted, filter_path: [COLUMN_VALUES, ...WHOLENESS] };
  const { hits, partial } = await hitsOf(cluster, asked, unknown);
  for (const hit of hits) {
    const [id, values] = [idOf(hit), new Map(names.map((name) => [name, valuesOf(hit, name, generation)]))];
    byId.set(id, valuesIn(values));
    memory.keep({ index, id, version: versionOf(hit) }, { values });
  }
  return { byId, partial };
}

function valuesIn(values: NonNullable<Remembered['values']>): FieldsOf {
  return (name) => values.get(name) ?? [];
}

function valuesOf(hit: estypes.SearchHit, name: string, { fields, head }: Generation): readonly FieldValue[] {
  const field = fields.get(name);
  const values = field && (hit.fields?.[columnOf(field)] as readonly FieldValue[] | undefined);
  if (!values) return [];
  return head.fields[name] === 'boolean' ? values.map((value) => value === 'true') : values;
}

function columnOf({ words, number }: IndexedField): string {
  return number ?? words;
}
