import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where and when it was measured, in a sentence. The load average says how busy the machine was with other things before. */
export function machineFacts(): string {
  const [model = 'unknown'] = cpus().map((core) => core.model);
  const load = loadavg()
    .map((average) => average.toFixed(2))
    .join(' ');
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `${availableParallelism()} cores (${model}), ${memory} GiB, Node ${process.versions.node}, load average ${load} before, ${date} UTC`;
}
