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

const items = new Gauge({
  name: 'medley_index_items',
  help: 'Items of the generation that serves',
  registers: [METRICS],
});

const builtAt = new Gauge({
  name: 'medley_index_built_timestamp_seconds',
  help: 'When the generation that serves was built, seconds since 1970',
  registers: [METRICS],
});

export function countDegradations(met: readonly Degradation[]): void {
  for (const { code } of met) degradations.inc({ code });
}

/** Tells of what serves whenever it is asked. */
export function measureIndex(index: Pick<ItemIndex, 'head'>): { stop(): void } {
  const read = (): void => {
    const head = index.head();
    if (!head) return;
    items.set(head.items);
    builtAt.set(Date.parse(head.createdAt) / 1000);
  };
  read();
  const reading = setInterval(read, 5000).unref();
  return {
    stop: () => {
      clearInterval(reading);
    },
  };
}
