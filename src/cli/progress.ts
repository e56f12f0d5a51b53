import { SingleBar } from 'cli-progress';

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

/** A bar with rate and time left on a terminal; elsewhere a line each time a phase begins. */
export function showProgress(): ProgressDisplay {
  return process.stderr.isTTY ? terminalBar() : phaseLines();
}

function terminalBar(): ProgressDisplay {
  const bar = new SingleBar({
    format: '{phase} [{bar}] {value}/{total}  {rate}/s  {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: false,
  });
  let phase = '';
  let began = 0;
  return {
    report: (progress) => {
      if (progress.phase !== phase) {
        if (phase) bar.stop();
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

function phaseLines(): ProgressDisplay {
  let phase = '';
  return {
    report: (progress) => {
      if (progress.phase === phase) return;
      phase = progress.phase;
      console.error(`${phase}: ${String(progress.total)}`);
    },
    stop: () => undefined,
  };
}
