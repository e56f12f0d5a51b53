import type { FieldsOf, FieldValue } from '../../../../src/vocabulary/item.ts';
import type { IndexedField } from './field-names.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';

/** Items of one request. */
const MOST = 10_000;

interface AskedFields {
  readonly ids: readonly string[];
  /** Of fields; those that the generation does not know have no values. */
  readonly names: readonly string[];
}

/** The values of fields by id, from the columns that filters read: the items themselves are neither looked up nor sent. */
export async function fieldsOfItems(
  cluster: Pick<Cluster, 'ask'>,
  { index, fields, head }: Generation,
  { ids, names }: AskedFields,
): Promise<ReadonlyMap<string, FieldsOf>> {
  const known = names.flatMap((name) => fields.get(name) ?? []);
  const columns = ['id', ...known.map(columnOf)];
  const wanted = [...new Set(ids)];
  const parts = Array.from({ length: Math.ceil(wanted.length / MOST) }, (_, at) =>
    wanted.slice(at * MOST, (at + 1) * MOST),
  );
  const found = await Promise.all(parts.map((part) => read(cluster, { index, columns, ids: part })));
  const isTrue = new Set(known.flatMap(({ field }) => (head.fields[field] === 'boolean' ? [field] : [])));
  return new Map(
    found.flat().map((stored) => {
      const values = new Map(
        known.map((field) => {
          const its = stored[columnOf(field)] ?? [];
          return [field.field, isTrue.has(field.field) ? its.map((value) => value === 'true') : its] as const;
        }),
      );
      return [String(stored['id']?.[0]), (field: string) => values.get(field) ?? []] as const;
    }),
  );
}

function columnOf({ words, number }: IndexedField): string {
  return number ?? words;
}

type Stored = Readonly<Record<string, readonly FieldValue[]>>;

interface Columns {
  readonly index: string;
  readonly columns: string[];
  readonly ids: readonly string[];
}

async function read(cluster: Pick<Cluster, 'ask'>, { index, columns, ids }: Columns): Promise<readonly Stored[]> {
  const request = {
    index,
    query: { constant_score: { filter: { terms: { id: [...ids] } } } },
    size: ids.length,
    track_total_hits: false,
    stored_fields: '_none_',
    docvalue_fields: columns,
    filter_path: ['hits.hits.fields'],
  };
  const { hits } = await cluster.ask((client, sending) => client.search(request, sending));
  const these = (hits as Partial<typeof hits> | undefined)?.hits ?? [];
  return these.map(({ fields }) => (fields ?? {}) as Stored);
}
