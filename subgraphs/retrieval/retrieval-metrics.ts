import { Counter, Gauge } from 'prom-client';
import { METRICS } from '../../src/runtime/metrics.ts';
import type { ItemIndex } from './index/item-index.ts';
import type { Degradation } from './ranking/window.ts';

const degradations = new Counter({
  name: 'medley_degradations_total',
  help: 'What answers had to do without, by code',
  labelNames: ['code'] as const,
  registers: [METRICS],
});

const refused = new Gauge({
  name: 'medley_file_refused',
  help: '1 where a file was changed while we ran and is wrong, so that what it said before holds, by setting',
  labelNames: ['setting'] as const,
  registers: [METRICS],
});

type Measured = Pick<ItemIndex, 'head'>;

/** The index that is looked at whenever somebody asks. */
let measured: Measured | undefined;

function indexGauge(name: string, help: string, read: (head: ServingHead) => number): void {
  new Gauge({
    name,
    help,
    registers: [METRICS],
    collect() {
      const head = measured?.head();
      if (head) this.set(read(head));
    },
  });
}

type ServingHead = NonNullable<ReturnType<ItemIndex['head']>>;

indexGauge('medley_index_items', 'Items of the generation that serves', ({ items }) => items);
indexGauge(
  'medley_index_built_timestamp_seconds',
  'When the generation that serves was built, seconds since 1970',
  ({ createdAt }) => Date.parse(createdAt) / 1000,
);

export function countDegradations(met: readonly Degradation[]): void {
  for (const { code } of met) degradations.inc({ code });
}

export function tellRefused(setting: string, isRefused: boolean): void {
  refused.set({ setting }, isRefused ? 1 : 0);
}

/** Tells of what serves whenever it is asked, until it is stopped. */
export function measureIndex(index: Measured): { stop(): void } {
  measured = index;
  return {
    stop: () => {
      if (measured === index) measured = undefined;
    },
  };
}
