import { describe, expect, it } from '@jest/globals';
import { currentDeadline, underDeadline } from '../../../../src/runtime/current-deadline.ts';
import { liveWrites } from '../../../../subgraphs/retrieval/catalogue/live-writes.ts';
import type { LiveWritePorts } from '../../../../subgraphs/retrieval/catalogue/live-writes.ts';
import { GenerationReplaced } from '../../../../subgraphs/retrieval/index/generation-replaced.ts';
import type { ItemRow } from '../../../../subgraphs/retrieval/index/item-index.ts';
import { WriteQueue } from '../../../../subgraphs/retrieval/index/write-queue.ts';
import type { ChangeTarget } from '../../../../subgraphs/retrieval/index/write-queue.ts';
import { row } from '../../../contracts/item-index/samples.ts';

const REFUSED = { code: 'INVALID_ITEM', message: 'It is bad.' } as const;

/** A queue into a set of ids, which refuses items whose title says that they are bad. */
function queueInto(there: Set<string>, written: () => Promise<void> | void = () => undefined): WriteQueue {
  const target: ChangeTarget = {
    serving: () => 'first',
    known: (ids) => Promise.resolve(new Set(ids.filter((id) => there.has(id)))),
    apply: async ({ rows, ids }) => {
      const [bad, good] = [rows.filter(isBad), rows.filter((one) => !isBad(one))];
      for (const { item } of good) there.add(item.id);
      for (const id of ids) there.delete(id);
      await written();
      return bad.map(({ item }) => ({ id: item.id, ...REFUSED }));
    },
  };
  return new WriteQueue(target);
}

function isBad({ item }: ItemRow): boolean {
  return item.title === 'bad';
}

describe('changes that wait for each other', () => {
  it('are refused one by one, and each who sent some is told of their own', async () => {
    const there = new Set(['old']);
    const queue = queueInto(there);
    const upsert = (...rows: readonly Parameters<typeof row>[0][]) =>
      queue.upsert(
        rows.map((one) => row(one)),
        'first',
      );
    const outcomes = await Promise.all([
      upsert({ id: 'first' }),
      upsert({ id: 'a' }, { id: 'b', title: 'bad' }),
      upsert({ id: 'c' }),
      queue.remove(['old']),
      upsert({ id: 'd', title: 'bad' }, { id: 'a', title: 'bad' }, { id: 'old', title: 'bad' }),
    ]);
    const refused = (id: string) => ({ id, ...REFUSED });
    expect(outcomes).toEqual([[], [refused('b')], [], ['old'], ['d', 'a', 'old'].map(refused)]);
    expect(there).toEqual(new Set(['first', 'a', 'c']));
  });

  it('are written for as long as the most patient of those who wait for them does, not the one in the greatest hurry', async () => {
    const ends: (number | undefined)[] = [];
    let open: () => void = () => undefined;
    const opened = new Promise<void>((done) => (open = done));
    const queue = queueInto(new Set(), () => {
      ends.push(currentDeadline()?.at);
      return ends.length === 1 ? opened : undefined;
    });
    const upsert = (id: string, at?: number) => {
      const write = () => queue.upsert([row({ id })], 'first');
      return at === undefined ? write() : underDeadline({ at }, write);
    };
    const far = Date.now() + 1e6;
    const first = upsert('first', far);
    while (ends.length === 0) await Promise.resolve();
    const together = [upsert('hasty', far + 1), upsert('calm', far + 2)];
    open();
    await Promise.all([first, ...together]);
    await Promise.all([upsert('third', far + 3), upsert('patient')]);
    expect(ends).toEqual([far, far + 2, undefined]);
  });
});

describe('a delete while the catalogue is replaced', () => {
  it('that takes effect is told as done', async () => {
    const there = new Set(['a', 'b']);
    let times = 0;
    const queue = queueInto(there, () => {
      if (++times === 1) throw new GenerationReplaced();
    });
    const writes = liveWrites({ writer: queue } as unknown as LiveWritePorts);
    const outcome = await writes.remove(['a', 'nobody']);
    expect(there).toEqual(new Set(['b']));
    expect(outcome).toMatchObject({ accepted: 1, rejected: [{ id: 'nobody', code: 'UNKNOWN_ITEM' }] });
  });
});
