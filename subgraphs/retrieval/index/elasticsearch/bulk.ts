import type { estypes } from '@elastic/elasticsearch';
import type { Cluster } from './cluster.ts';
import { BUSY, isBlocked, NotTaken, Refused } from './cluster-errors.ts';

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

/** A document that the cluster does not take as it is. */
export interface RefusedDocument {
  readonly id: string;
  readonly error: estypes.ErrorCause;
}

interface Manner {
  /** Whether the changes are to be found when they are answered. */
  readonly refresh?: boolean;
}

/** What a document of more than a request may hold is refused with. */
export const TOO_LARGE = 'content_too_long';

/**
 * Makes changes, in order. What the cluster had no time for is sent again, and that alone. Resolves to the documents that it refused;
 * the others are written. Errors: RETRIEVAL_UNAVAILABLE; READ_ONLY; Refused where the fault is not in the document.
 */
export async function writeEach(
  cluster: Cluster,
  changes: readonly Change[],
  { refresh = false }: Manner = {},
): Promise<readonly RefusedDocument[]> {
  const refused: RefusedDocument[] = [];
  for (const part of parts(changes)) refused.push(...(await writePart(cluster, part, refresh)));
  return refused;
}

/** Makes changes of which none may be refused. Errors: RETRIEVAL_UNAVAILABLE, READ_ONLY. */
export async function writeAll(cluster: Cluster, changes: readonly Change[]): Promise<void> {
  const [first] = await writeEach(cluster, changes);
  if (first) throw new Refused({ statusCode: BAD_REQUEST, body: { error: first.error } });
}

async function writePart(
  cluster: Cluster,
  part: readonly Change[],
  refresh: boolean,
): Promise<readonly RefusedDocument[]> {
  try {
    return await sendPart(cluster, part, refresh);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== CONTENT_TOO_LARGE) throw error;
    if (part.length === 1) return part.map(({ id = '' }) => ({ id, error: { type: TOO_LARGE } }));
    const half = Math.ceil(part.length / 2);
    const first = await writePart(cluster, part.slice(0, half), refresh);
    return [...first, ...(await writePart(cluster, part.slice(half), refresh))];
  }
}

async function sendPart(
  cluster: Cluster,
  part: readonly Change[],
  refresh: boolean,
): Promise<readonly RefusedDocument[]> {
  const refused: RefusedDocument[] = [];
  let left = part;
  await cluster.persist(async (client, sending) => {
    const { items } = await client.bulk<string>({ operations: operations(left), refresh }, sending);
    const outcomes = items.flatMap((item) => Object.values(item));
    const waiting = left.filter((change, at) => {
      const outcome = outcomes[at];
      if (!outcome || (BUSY.has(outcome.status) && !isBlocked(refusedBy(outcome)))) return true;
      if (outcome.error) refused.push({ id: change.id ?? '', error: faultIn(change, outcome) });
      return false;
    });
    left = waiting;
    if (left.length > 0) throw new NotTaken(left.length);
  });
  return refused;
}

const BAD_REQUEST = 400;
const CONTENT_TOO_LARGE = 413;
/** What the cluster says of all documents alike, with the same status as of a wrong one. */
const NO_FAULT = new Set(['index_closed_exception']);

/** Why a document is refused. Throws what is no fault of it: an index that is gone or takes no writes, a key that may not write. */
function faultIn({ document }: Change, { status, error }: estypes.BulkResponseItem): estypes.ErrorCause {
  const fault = error ?? { type: 'unknown' };
  if (document === undefined || status !== BAD_REQUEST || NO_FAULT.has(fault.type))
    throw refusedBy({ status, error: fault });
  return fault;
}

function refusedBy({ status, error }: Pick<estypes.BulkResponseItem, 'status' | 'error'>): Refused {
  return new Refused({ statusCode: status, body: { error } });
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
