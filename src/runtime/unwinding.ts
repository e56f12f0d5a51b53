/** Whatever holds locks, connections or threads until it is closed. */
export interface Closable {
  close(): Promise<unknown>;
}

/** Says of what was opened just now that it is to be closed again if something after it fails. */
export type Keep = <T extends Closable>(opened: T) => T;

/**
 * Opens several things that stand on each other. When one cannot be opened, those before it are closed, the last one first, and
 * its error is thrown. (An AsyncDisposableStack would do, but Node 22 has none.)
 */
export async function unwinding<T>(open: (keep: Keep) => Promise<T>): Promise<T> {
  const kept: Closable[] = [];
  try {
    return await open((opened) => {
      kept.push(opened);
      return opened;
    });
  } catch (error) {
    for (const opened of kept.reverse()) await opened.close().catch(() => undefined);
    throw error;
  }
}
