/** An error on its way between threads, where an error itself would keep neither its code nor its class. */
export interface ToldError {
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: ToldError | undefined;
  /** Its code, its path, its detail: whatever it says beside the message. */
  readonly more: Readonly<Record<string, string | number>>;
}

/** What was asked is left out of what is told: it may hold what somebody searched for. */
const ASKED = ['query', 'params', 'queryOptions'];

export function tellError(error: unknown): ToldError {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, cause: undefined, more: {} };
  const { message, stack, cause } = error;
  const said = Object.entries(error).filter(
    ([name, value]) => !ASKED.includes(name) && (typeof value === 'string' || typeof value === 'number'),
  );
  const more = Object.fromEntries(said) as ToldError['more'];
  return { message, stack, cause: cause === undefined ? undefined : tellError(cause), more };
}
