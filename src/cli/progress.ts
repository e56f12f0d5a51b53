import cliProgress from 'cli-progress';
import type { Options } from 'cli-progress';

/** How far a long work has come; `phase` is a few words. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export interface ProgressDisplay {
  report(progress: Progress): void;
  stop(): void;
}

/** How often a line is written where there is no terminal, milliseconds: a log is to show that work goes on, and to stay short. */
const LOGGED = 15_000;

/** A bar with rate and time left (the cursor stays, since a command may be killed): one line that moves on a terminal, elsewhere a new line now and then, at the beginning and at the end of each phase. */
export function showProgress(stream: NodeJS.WritableStream = process.stderr): ProgressDisplay {
  let phase = '';
  let began = 0;
  let isOver = false;
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{phase} [{bar}] {value}/{total}  {rate}/s  {eta_formatted} left',
    formatTime: (...time) => (isOver ? '0s' : timeLeft(...time)),
    clearOnComplete: false,
    noTTYOutput: true,
    notTTYSchedule: LOGGED,
  });
  return {
    report: (progress) => {
      const isNext = progress.phase !== phase;
      if (isNext && phase) bar.stop();
      isOver = progress.done >= progress.total;
      if (isNext) {
        phase = progress.phase;
        began = performance.now();
        bar.start(progress.total, progress.done, { phase, rate: '-' });
      }
      const rate = progress.done / Math.max(0.001, (performance.now() - began) / 1000);
      bar.setTotal(progress.total);
      bar.update(progress.done, { phase, rate: rate.toFixed(0) });
    },
    stop: () => {
      bar.stop();
    },
  };
}

/** The library says NULL or INF, and cuts both, of a phase in which nothing has moved yet. */
function timeLeft(seconds: number | string, options: Options, roundTo: number): string {
  return Number.isFinite(Number(seconds)) ? cliProgress.Format.TimeFormat(Number(seconds), options, roundTo) : '-';
}
