import type { PGlite, PGliteQueryOptions, PGliteQueryResults } from 'kysely';
import type { ToldError } from './told-error.ts';

/** A statement, what stands for its $1, $2, and in which form its rows are wanted. */
export type Statement = Readonly<Parameters<PGlite['query']>>;
export type StatementOptions = PGliteQueryOptions;
export type Rows = PGliteQueryResults<unknown>;

/** What the thread of an embedded database does when it is asked. */
export interface DatabaseCalls {
  /** The files of an empty database. */
  readonly empty: () => Promise<Blob>;
  /** Lays them into a folder. */
  readonly lay: (folder: string, files: Blob) => Promise<void>;
  /** Opens the database of a folder, or an empty one in memory; what follows is asked of it. */
  readonly open: (folder: string | undefined) => Promise<void>;
  readonly query: (...statement: Statement) => Promise<Rows>;
  /** Resolves, once nobody else has one, to the number of the transaction. */
  readonly begin: () => Promise<number>;
  readonly queryIn: (transaction: number, ...statement: Statement) => Promise<Rows>;
  readonly rollback: (transaction: number) => Promise<void>;
  readonly end: (transaction: number, keep: boolean) => Promise<void>;
  /** Once what is under way is done. */
  readonly close: () => Promise<void>;
}

export interface DatabaseCall<Name extends keyof DatabaseCalls = keyof DatabaseCalls> {
  readonly id: number;
  readonly name: Name;
  readonly given: Readonly<Parameters<DatabaseCalls[Name]>>;
}

/** An answer by the id of its call; or, as its last word, why the database fell. */
export type DatabaseReply =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ToldError }
  | { readonly kind: 'fell'; readonly error: ToldError };
