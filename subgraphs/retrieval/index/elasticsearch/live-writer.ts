import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../../src/runtime/logger.ts';
import type { ChangeBatch } from '../change-batch.ts';
import { GenerationReplaced } from '../generation-replaced.ts';
import type { ItemRow, RefusedItem } from '../item-index.ts';
import type { ChangeTarget } from '../write-queue.ts';
import { buildUnderWay } from './build-lock.ts';
import { writeEach } from './bulk.ts';
import type { Change } from './bulk.ts';
import type { ChangeJournal } from './change-journal.ts';
import type { Cluster } from './cluster.ts';
import type { Generation } from './generations.ts';
import type { IndexNames } from './index-names.ts';
import { itemDocument } from './item-document.ts';
import { refusedItems } from './refused-items.ts';
import type { ServingGeneration } from './serving-generation.ts';
import { knownIds } from './stored-items.ts';

/** How often it is asked whether another process has switched generations, milliseconds. */
const LOOK = 100;

/** What live changes are written with. */
interface LivePorts {
  readonly cluster: Cluster;
  readonly names: IndexNames;
  readonly serving: ServingGeneration;
  readonly journal: ChangeJournal;
  readonly log?: Logger;
}

/** Where the queue of live changes writes to: the serving generation, and, for a build under way in any process, its journal. */
export function liveTarget(ports: LivePorts): ChangeTarget {
  return {
    serving: () => ports.serving.known?.generation.head.id,
    known: (ids) => knownIds(ports.cluster, ports.serving.get(), ids),
    apply: (batch) => apply(ports, batch),
  };
}

async function apply(ports: LivePorts, batch: ChangeBatch): Promise<readonly RefusedItem[]> {
  const generation = ports.serving.get();
  const refused = await writeEach(ports.cluster, changesOf(generation, batch), { refresh: true });
  const unchanged = new Set(refused.map(({ id }) => id));
  const written = batch.rows.map(({ item }) => item.id).filter((id) => !unchanged.has(id));
  await tellBuilder(ports, [...written, ...batch.ids]);
  await ports.serving.refresh();
  // Its vectors were fitted for a generation that serves no more.
  if (ports.serving.known?.generation.index !== generation.index) throw new GenerationReplaced();
  return refusedItems(refused, generation, ports.log);
}

export function changesOf({ index, fields }: Generation, { rows, ids }: ChangeBatch): readonly Change[] {
  return [
    ...rows.map((row: ItemRow): Change => ({ index, id: row.item.id, document: itemDocument(row, fields) })),
    ...ids.map((id): Change => ({ index, id })),
  ];
}

/**
 * A change that is made while any process builds is noted before it is answered, so the builder sees it: it reads the journal
 * once more after it said that it switches, and who noted a change and then finds it switching waits until that is over. A builder
 * that is silent is told too, for an hour: it may come back.
 */
async function tellBuilder({ cluster, names, journal }: LivePorts, ids: readonly string[]): Promise<void> {
  let build = await buildUnderWay(cluster, names);
  if (build?.phase === 'writing') {
    await journal.note(build.id, ids);
    build = await buildUnderWay(cluster, names);
  }
  while (build?.phase === 'switching' && !build.silent) {
    await sleep(LOOK);
    build = await buildUnderWay(cluster, names);
  }
}
