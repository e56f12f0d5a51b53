import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeCornerShop } from '../../support/corner-shop.ts';
import type { FrontDoor } from '../../support/front-door.ts';
import { remove, upsert } from '../../support/item-writes.ts';
import { layEmptyDatabases } from '../../support/empty-databases.ts';
import { until } from '../../support/is-alive.ts';
import { killLeft, medleyProcess, serveMedley } from '../../support/medley-process.ts';
import type { ServingProcess } from '../../support/medley-process.ts';
import { event, readProfile, recordEvents } from '../../support/viewer.ts';

/** What was answered as done, over all rounds. */
interface Acknowledged {
  readonly written: Set<string>;
  readonly removed: Set<string>;
  readonly clicks: Map<string, number>;
}

let folder: string;
let env: Readonly<Record<string, string>>;
let server: ServingProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-kill-'));
  env = { MEDLEY_DATA_DIR: join(folder, 'data'), MEDLEY_DEADLINE: '30000' };
  await layEmptyDatabases(join(folder, 'data'));
  const catalogue = await writeCornerShop(folder, 12);
  const indexed = medleyProcess(['index', catalogue, '--report', join(folder, 'report.jsonl')], env);
  expect([await indexed.ended, indexed.printed()]).toEqual([0, expect.stringContaining('12 items')]);
  server = await serveMedley(env);
});
afterAll(async () => {
  await killLeft();
  await rm(folder, { recursive: true, force: true });
});

/** Writes, removes and clicks without pause until the server is gone; remembers what was answered. */
async function shopUntilGone(shop: FrontDoor, round: number, done: Acknowledged): Promise<void> {
  const lane = async (step: (n: number) => Promise<unknown>): Promise<void> => {
    for (let n = 0; ; n++) await step(n);
  };
  const write = (name: string) => async (n: number) => {
    const id = `${name}-${String(round)}-${String(n)}`;
    const { accepted } = await upsert(shop, { id, title: `Trombone ${String(n)}` });
    expect(accepted).toBe(1);
    done.written.add(id);
    if (n % 4 !== 3) return;
    // Asked to go and not yet answered, it may be there or not.
    done.written.delete(id);
    await remove(shop, id);
    done.removed.add(id);
  };
  const click = (userId: string) => async (n: number) => {
    await recordEvents(shop, event(`${userId}-${String(n)}`, { userId, itemId: 'i001' }));
    done.clicks.set(userId, n + 1);
  };
  const lanes = [write('a'), write('b'), write('c'), click(`ann-${String(round)}`), click(`bob-${String(round)}`)];
  await Promise.allSettled(lanes.map(lane));
}

describe('kill -9 of the whole server in the middle of writes and events', () => {
  const done: Acknowledged = { written: new Set(), removed: new Set(), clicks: new Map() };

  it.each([0, 1, 2])('loses nothing that was answered (round %i)', async (round) => {
    const shopping = shopUntilGone(server, round, done);
    await until(() => done.written.size >= 5 * (round + 1) && done.clicks.size === 2 * (round + 1));
    await sleep(Math.random() * 500);
    server.child.kill('SIGKILL');
    await shopping;
    expect(await server.ended).toBe('SIGKILL');

    server = await serveMedley(env);
    const found = await server.search({ text: 'trombone', filter: { ids: [...done.written] } }, { first: 100 });
    expect(found.totalCount.value).toBe(done.written.size);
    const back = await server.search({ filter: { ids: [...done.removed] } });
    expect(back.totalCount.value).toBe(0);
    for (const [userId, clicks] of done.clicks)
      expect((await readProfile(server, { userId })).eventsUsed).toBeGreaterThanOrEqual(Math.min(200, clicks));
  });
});
