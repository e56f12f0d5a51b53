import { MedleyError } from '../runtime/errors.ts';
import type { FieldTypes } from '../vocabulary/item.ts';

export interface AskedCatalogue {
  readonly fields: FieldTypes;
  /** Of the ids that were asked about. */
  readonly unknownIds: ReadonlySet<string>;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** So many items are asked about at once. */
const AT_ONCE = 20;

/** Asks a Medley that serves which fields its catalogue has, and which of some items it lacks. @throws MedleyError MEDLEY_UNAVAILABLE */
export async function askCatalogue(url: string, ids: readonly string[]): Promise<AskedCatalogue> {
  const { catalogue } = await ask(url, '{ catalogue { fields { name type } } }');
  const { fields } = (catalogue ?? { fields: [] }) as { fields: readonly { name: string; type: string }[] };
  const unknownIds = new Set<string>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const found = await ask(
      url,
      `{ ${some.map((id, i) => `i${i}: item(id: ${JSON.stringify(id)}) { id }`).join(' ')} }`,
    );
    for (const [i, id] of some.entries()) if (!found[`i${i}`]) unknownIds.add(id);
  }
  const types = fields.map(({ name, type }) => [name, type.toLowerCase()] as const);
  return { fields: Object.fromEntries(types) as FieldTypes, unknownIds };
}

async function ask(url: string, query: string): Promise<Readonly<Record<string, unknown>>> {
  const headers = { 'content-type': 'application/json' };
  const answered = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    .then((answer) => answer.json() as Promise<Answer>)
    .catch((cause: unknown) => {
      throw unavailable(url, cause);
    });
  if (!answered.data) throw unavailable(url);
  const [error] = answered.errors ?? [];
  // Of what a part that is lost has not answered, nobody knows whether it is there.
  if (error)
    throw new MedleyError(
      'MEDLEY_UNAVAILABLE',
      `The Medley at ${url} did not answer in full: ${error.message} Try again, or leave out --url.`,
    );
  return answered.data;
}

function unavailable(url: string, cause?: unknown): MedleyError {
  const message = `No Medley answers at ${url}. Start it, give an address such as http://127.0.0.1:4000/graphql, or leave out --url.`;
  return new MedleyError('MEDLEY_UNAVAILABLE', message, { cause });
}
