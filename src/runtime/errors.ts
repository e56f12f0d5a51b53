import type { Logger } from 'pino';

/**
 * The error book: every code that can reach a client, with its HTTP status and what it means. A test holds the
 * table of docs/errors.md and this book together. Messages say what came, what was expected and what to try; they never name a host, a port,
 * a path or a hidden field.
 */
export const ERROR_BOOK = {
  INVALID_INPUT: { status: 400, meaning: 'An argument has the wrong shape, size or combination.' },
  QUERY_TOO_LONG: { status: 400, meaning: 'The text of a query is longer than the limit.' },
  INVALID_WEIGHTS: { status: 400, meaning: 'Weights are negative, not numbers, or all zero.' },
  OPERATION_TOO_LARGE: { status: 400, meaning: 'The GraphQL operation asks for more than is answered at once.' },
  REQUEST_TOO_SLOW: { status: 408, meaning: 'The request did not arrive in full within half a minute.' },
  REQUEST_TOO_LARGE: { status: 413, meaning: 'The request has more bytes than the limit.' },
  WRONG_CONTENT_TYPE: { status: 415, meaning: 'This address does not read a body of this type.' },
  WRONG_METHOD: {
    status: 405,
    meaning: 'This address does not take this HTTP method; the header Allow says which it takes.',
  },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.' },
  UNAUTHENTICATED: { status: 401, meaning: 'The operation needs an API key, or the key that was sent is unknown.' },
  FORBIDDEN: { status: 403, meaning: 'The API key lacks the scope that a field of the operation needs.' },
  QUOTA_EXCEEDED: {
    status: 429,
    meaning: 'The API key was used more often in a minute than its quota allows; Retry-After says when to try again.',
  },
  UNKNOWN_FIELD: {
    status: 400,
    meaning:
      'A filter or facet names a field that the catalogue lacks, or uses a field in a way that its type does not allow.',
  },
  UNKNOWN_PROFILE: { status: 400, meaning: 'The ranking profile, or that version of it, does not exist.' },
  CURSOR_MALFORMED: { status: 400, meaning: 'The cursor was not made by this service.' },
  CURSOR_MISMATCH: { status: 400, meaning: 'The cursor belongs to a request with other arguments.' },
  CURSOR_EXPIRED: { status: 410, meaning: 'The result that the cursor points to is no longer kept; search again.' },
  UNKNOWN_ITEM: { status: 404, meaning: 'No item has this id.' },
  UNKNOWN_IMAGE: { status: 404, meaning: 'No uploaded picture has this id, or it has expired.' },
  IMAGE_UNREADABLE: { status: 422, meaning: 'The bytes are not a picture of a known format, or it is damaged.' },
  IMAGE_TOO_LARGE: { status: 413, meaning: 'The picture has more bytes or pixels than the limit.' },
  IMAGE_UNREACHABLE: {
    status: 422,
    meaning: 'The picture at the URL could not be fetched, or the address is not allowed.',
  },
  INVALID_ITEM: {
    status: 422,
    meaning: 'An item lacks a required field, or has a value of the wrong type or one that the index refuses.',
  },
  INVALID_EVENT: {
    status: 422,
    meaning: 'An event names no viewer, or has an impossible id, position or date.',
  },
  READ_ONLY: { status: 503, meaning: 'Writes are refused for now; searches are still answered.' },
  NOT_READY: { status: 503, meaning: 'No catalogue is published yet.' },
  SPACE_MISMATCH: {
    status: 503,
    meaning: 'The encoders that are loaded are not the ones that the index was made with.',
  },
  DEADLINE_EXCEEDED: {
    status: 504,
    meaning:
      'A write, or the search index, took longer than the deadline. A write may still be done; sending it again does no harm.',
  },
  RETRIEVAL_UNAVAILABLE: {
    status: 503,
    meaning: 'The retrieval subgraph cannot be reached, or is late; nothing was lost, so try again.',
  },
  USER_PROFILE_UNAVAILABLE: {
    status: 503,
    meaning: 'The user-profile subgraph cannot be reached, or is late; nothing was recorded, so try again.',
  },
  QUERY_EMBEDDING_UNAVAILABLE: { status: 503, meaning: 'The query-embedding subgraph cannot be reached, or is late.' },
  BUSY: {
    status: 409,
    meaning: 'Work of this kind is under way, and only one runs at a time; try again when it is done.',
  },
  INTERRUPTED: { status: 503, meaning: 'The work was cut off before it was done; ask again.' },
  DATA_FOLDER_LOCKED: { status: 503, meaning: 'Another process has the data folder open for writing.' },
  DATA_FOLDER_UNUSABLE: {
    status: 503,
    meaning:
      'What is kept in the data folder cannot be opened: it is damaged, belongs to another user, or is on a disk that is full or read-only; or too many files are open.',
  },
  INDEX_FULL: {
    status: 507,
    meaning: 'The vectors of the catalogue need more memory than is allowed; the message says how much.',
  },
  INVALID_SETTING: {
    status: 500,
    meaning: 'A setting, or a file that it names, is wrong; all problems are listed together at the start.',
  },
  INVALID_CATALOGUE: {
    status: 400,
    meaning: 'The catalogue file, or what was trained for it, is wrong; all problems are listed together.',
  },
  INVALID_MODEL: { status: 400, meaning: 'The folder of a model cannot be used; all problems are listed together.' },
  INVALID_JUDGMENTS: {
    status: 400,
    meaning:
      'The file of judged queries is wrong, or that file or the query log says too little; the message says where.',
  },
  MEDLEY_UNAVAILABLE: {
    status: 503,
    meaning: 'The Medley that a command asks does not answer, or some of its parts do not.',
  },
  PUBLISH_REFUSED: {
    status: 500,
    meaning: 'The generation that was built did not pass its checks; the one before still serves.',
  },
  INTERNAL: {
    status: 500,
    meaning: 'Something failed that should not have; the log has the reason under the request id.',
  },
} as const satisfies Record<string, { status: number; meaning: string }>;

/** The codes of GraphQL itself, as its library gives them: what a client's own document or request is refused with. */
export const GRAPHQL_ERRORS = {
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The document is not GraphQL, or has more than 4000 tokens.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'The document does not fit the schema.' },
  BAD_USER_INPUT: { status: 400, meaning: 'A variable is missing or of the wrong type.' },
  BAD_REQUEST: { status: 400, meaning: 'The request is not GraphQL over HTTP; a mutation by GET has status 405.' },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning: 'The document has no such operation, or has several and the request names none.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'No query is kept under this hash; send the whole query with the hash.',
  },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_BOOK;

/** An error that may be told to a client: its message is written for them. Anything else becomes INTERNAL. */
export class MedleyError extends Error {
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MedleyError';
    this.code = code;
    this.status = ERROR_BOOK[code].status;
  }
}

/**
 * What is told of an error: itself where it is of the book, an error of the book where the system refuses Medley a file, which is no mistake
 * of who asked and the operator's to mend; undefined of all others.
 */
export function foreseen(error: unknown): MedleyError | undefined {
  if (error instanceof MedleyError) return error;
  const refused = REFUSALS.find(({ codes, spoken }) => isOf(error, codes, spoken));
  if (!refused) return undefined;
  unforeseen?.error({ err: error }, refused.told);
  return new MedleyError(refused.code, refused.told, { cause: error });
}

/** As Node says it by a code, and LanceDB in words. EDQUOT is a quota that is used up, EMFILE and ENFILE too many open files. */
const REFUSALS = [
  {
    code: 'READ_ONLY',
    codes: ['ENOSPC', 'EDQUOT'],
    spoken: /\(os error (28|122)\)/,
    told: 'The disk of the data folder is full, and nothing was written: make room, then ask again. Searches are answered meanwhile.',
  },
  {
    code: 'READ_ONLY',
    codes: ['EROFS'],
    spoken: /\(os error 30\)/,
    told: 'The disk of the data folder is read-only, and nothing was written: mount it for writing, then ask again. Searches are answered meanwhile.',
  },
  {
    code: 'DATA_FOLDER_UNUSABLE',
    codes: ['EACCES', 'EPERM'],
    spoken: /\(os error (1|13)\)/,
    told: 'A file or folder of Medley is not for the user that it runs as, and nothing was written: give the data folder to that user (chown -R), then ask again. The log says which.',
  },
  {
    code: 'DATA_FOLDER_UNUSABLE',
    codes: ['EMFILE', 'ENFILE'],
    spoken: /\(os error (23|24)\)/,
    told: 'Medley has as many files and connections open as it may, and nothing was written: allow it more (ulimit -n), or ask again when there are fewer.',
  },
] as const;

function isOf(error: unknown, codes: readonly string[], spoken: RegExp): boolean {
  const { code = '', message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return codes.includes(code) || spoken.test(message);
}

/** What is told of a write that is under way still when nobody waits for it any longer: every one may be sent again. */
export const LATE_WRITE: Rejection = {
  code: 'DEADLINE_EXCEEDED',
  message:
    'The write takes longer than was waited for, and may yet be done. Send it again to be sure: what is written twice is there once. ' +
    'Fewer items at a time take less long.',
};

/** What became of one of several things that were asked together. */
export interface Rejection {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Whom is told what a rejection keeps to itself; nobody until a program has opened its log. */
let unforeseen: Pick<Logger, 'error'> | undefined;

/** Has the reason of every INTERNAL rejection of this process written to a log. */
export function logUnforeseen(log: Pick<Logger, 'error'>): void {
  unforeseen = log;
}

/** What is told of an error that fails no request. The reason of what is INTERNAL goes to the log, under what failed. */
export function toRejection(error: unknown, failed = 'one of several things failed'): Rejection {
  const known = foreseen(error);
  if (known) return { code: known.code, message: known.message };
  unforeseen?.error({ err: error }, failed);
  return { code: 'INTERNAL', message: ERROR_BOOK.INTERNAL.meaning };
}
