import { stat } from 'node:fs/promises';

/** What a file says that may be changed while we run. */
export interface ChangingFile<T> {
  /** What it said when it was last read without a fault. */
  readonly current: () => T;
  close(): void;
}

export interface ChangingFileSettings<T> {
  readonly file: string;
  /** Throws where something is wrong with it. */
  readonly read: (file: string) => T;
  readonly onRead: () => void;
  /** The changed file is wrong, and what was read before stays. */
  readonly onRefused: (error: unknown) => void;
}

/** How often it is looked whether a file was changed, milliseconds. */
const LOOKED = 1000;

/** Reads a file, and again whenever it was changed. Throws what `read` throws of it as it is now. */
export async function openChangingFile<T>(settings: ChangingFileSettings<T>): Promise<ChangingFile<T>> {
  const { file, read, onRead, onRefused } = settings;
  let seen = await stampOf(file);
  let said = read(file);
  const look = async () => {
    // Taken before the file is read: of a change that comes in between, the next look will know.
    const stamp = await stampOf(file);
    if (stamp === seen) return;
    seen = stamp;
    try {
      said = read(file);
      onRead();
    } catch (error) {
      onRefused(error);
    }
  };
  const looking = setInterval(() => void look(), LOOKED).unref();
  return {
    current: () => said,
    close: () => {
      clearInterval(looking);
    },
  };
}

/** Differs after every change, also of a link to another file, as config maps are mounted. */
async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(file, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join(' ');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
