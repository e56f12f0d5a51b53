import { SECOND } from './decay.ts';

/** Runs one job at a time in the background, as often as it was woken; waits longer after each failure. */
export interface LearningLoop {
  wake(): void;
  /** Resolves when nothing is running that could be done now; a failed run waits on for its next try. */
  settled(): Promise<void>;
  /** Lets the run under way end, and starts no other. */
  close(): Promise<void>;
}

const FIRST_WAIT = SECOND;
const LONGEST_WAIT = 60 * SECOND;

/** @param job resolves with whether there may be more to do at once */
export function startLearning(job: () => Promise<boolean>, onFailure: (error: unknown) => void): LearningLoop {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let wait = FIRST_WAIT;
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        again = (await job()) || again;
        wait = FIRST_WAIT;
      } catch (error) {
        onFailure(error);
        timer = setTimeout(wake, wait).unref();
        wait = Math.min(LONGEST_WAIT, 2 * wait);
        again = false;
      }
    } while (again && !isClosed());
    running = undefined;
  };
  const isClosed = (): boolean => closed;
  const wake = (): void => {
    if (closed) return;
    clearTimeout(timer);
    again = true;
    running ??= run();
  };
  return {
    wake,
    settled: async () => running,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
