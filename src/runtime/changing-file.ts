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

/** How long between two looks whether a file was changed, milliseconds. */
const LOOKED = 1000;

/** Reads a file, and again whenever it was changed. Throws what `read` throws of it as it is now. */
export async function openChangingFile<T>(settings: ChangingFileSettings<T>): Promise<ChangingFile<T>> {
  const { file, read, onRead, onRefused } = settings;
  let known = await stampOf(file);
  let said = read(file);
  let seen = known;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    // Taken before the file is read: of a change that comes in between, the next look will know.
    const stamp = await stampOf(file);
    // What differs from the look before may still be being written: half of it may be a file, too.
    const isWritten = stamp === seen;
    seen = stamp;
    if (!timer || !isWritten || stamp === known) return;
    known = stamp;
    try {
      said = read(file);
      onRead();
    } catch (error) {
      onRefused(error);
    }
  };
  // One look after another: a disk that hangs holds up one of them, and not a pile.
  const rest = () => {
    timer = setTimeout(() => void look().finally(() => timer && rest()), LOOKED).unref();
  };
  rest();
  return {
    current: () => said,
    close: () => {
      clearTimeout(timer);
      timer = undefined;
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
