import type { estypes } from '@elastic/elasticsearch';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Cluster } from './cluster.ts';
import { NotTaken } from './cluster-errors.ts';

/** A document to write, as JSON, or one to delete. */
export interface Change {
  readonly index: string;
  /** Made up where absent. */
  readonly id?: string;
  /** Absent: the document is deleted. */
  readonly document?: string;
}

/** What goes into one request. */
const MOST_CHANGES = 500;
const MOST_CHARACTERS = 5_000_000;

/**
 * Makes changes, in order. What the cluster had no time for is sent again, and that alone. Errors: INVALID_ITEM with the ids that it
 * refused (the others are written), RETRIEVAL_UNAVAILABLE.
 */
export async function writeAll(
  cluster: Cluster,
  changes: readonly Change[],
  { refresh = false }: { readonly refresh?: boolean } = {},
): Promise<void> {
  const refused: string[] = [];
  for (const part of parts(changes)) {
    for (const { id, outcome } of await writePart(cluster, part, refresh)) {
      if (outcome.error) refused.push(`${id ?? ''}: ${outcome.error.reason ?? outcome.error.type}`);
    }
  }
  if (refused.length === 0) return;
  const named = refused.slice(0, 5).join('; ');
  throw new MedleyError('INVALID_ITEM', `${refused.length} of ${changes.length} items could not be indexed: ${named}`);
}

interface Outcome {
  readonly id?: string;
  readonly outcome: estypes.BulkResponseItem;
}

async function writePart(cluster: Cluster, part: readonly Change[], refresh: boolean): Promise<readonly Outcome[]> {
  const done: Outcome[] = [];
  let left = part;
  await cluster.persist(async (client, sending) => {
    const { items } = await client.bulk<string>({ operations: operations(left), refresh }, sending);
    const outcomes = items.flatMap((item) => Object.values(item));
    const waiting = left.filter((change, at) => {
      const outcome = outcomes[at];
      if (!outcome || outcome.status === 429 || outcome.status === 503) return true;
      done.push({ id: change.id, outcome });
      return false;
    });
    left = waiting;
    if (left.length > 0) throw new NotTaken(left.length);
  });
  return done;
}

function operations(changes: readonly Change[]): (estypes.BulkOperationContainer | string)[] {
  return changes.flatMap(({ index: _index, id: _id, document }): (estypes.BulkOperationContainer | string)[] =>
    document === undefined ? [{ delete: { _index, _id } }] : [{ index: { _index, _id } }, document],
  );
}

function* parts(changes: readonly Change[]): Generator<readonly Change[]> {
  let part: Change[] = [];
  let characters = 0;
  for (const change of changes) {
    const length = change.document?.length ?? 0;
    if (part.length > 0 && (part.length === MOST_CHANGES || characters + length > MOST_CHARACTERS)) {
      yield part;
      part = [];
      characters = 0;
    }
    part.push(change);
    characters += length;
  }
  if (part.length > 0) yield part;
}
