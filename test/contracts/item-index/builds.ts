import { expect } from '@jest/globals';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { head, row, shop } from './samples.ts';

const ROWS = shop(40);

export const BUILDS: Promises = {
  'serves the old generation until the new one is published, and then the new one alone': async ({ index, writer }) => {
    await publish(writer, ROWS, 'old');
    const build = await writer.build(head('young'));
    await build.write([row({ id: 'only', title: 'Trombone' })]);
    expect(index.head()).toMatchObject({ id: 'old', items: 40 });
    expect((await index.candidates({ words: 'trombone', probes: [], candidates: 5 })).candidates).toEqual([]);
    await build.publish();
    expect(index.head()).toMatchObject({ id: 'young', items: 1 });
    expect(await index.items(['item-0001', 'only'])).toMatchObject([undefined, { id: 'only' }]);
  },

  'says of no item that it was refused where all are taken': async ({ index, writer }) => {
    const build = await writer.build(head('first'));
    expect([await build.write(ROWS), await build.publish()]).toEqual([[], []]);
    expect(await writer.upsert([row({ id: 'a' }), row({ id: 'item-0001' })])).toEqual([]);
    expect(index.head()?.items).toBe(41);
  },

  'takes the last of several writes of one id': async ({ index, writer }) => {
    const build = await writer.build(head('twice'));
    await build.write([row({ id: 'a', title: 'one' }), row({ id: 'a', title: 'two' })]);
    await build.write([row({ id: 'a', title: 'three' }), row({ id: 'b', title: 'four' })]);
    await build.publish();
    expect((await index.items(['a', 'b'])).map((item) => item?.title)).toEqual(['three', 'four']);
    expect((await index.candidates({ words: 'one two three', probes: [], candidates: 5 })).candidates).toHaveLength(1);
  },

  'keeps live changes made during a build, whatever the build writes': async ({ index, writer }) => {
    await publish(writer, ROWS, 'old');
    const build = await writer.build(head('young'));
    await build.write(ROWS.slice(0, 20));
    await writer.upsert([row({ id: 'item-0003', title: 'Trombone' }), row({ id: 'item-0030', title: 'Cornet' })]);
    await writer.upsert([row({ id: 'fresh', title: 'Tuba' })]);
    await writer.remove(['item-0004', 'item-0031']);
    await build.write(ROWS.slice(20));
    await Promise.all([build.publish(), writer.upsert([row({ id: 'late', title: 'Horn' })])]);
    const items = await index.items(['item-0003', 'item-0030', 'fresh', 'late', 'item-0004', 'item-0031', 'item-0005']);
    const titles = items.map((item) => item?.title);
    expect(titles).toEqual(['Trombone', 'Cornet', 'Tuba', 'Horn', undefined, undefined, ROWS[5]?.item.title]);
    expect(index.head()).toMatchObject({ id: 'young', items: 40 });
  },

  'fits live changes anew for the generation that takes them over': async ({ index, writer }) => {
    await publish(writer, ROWS, 'old');
    const build = await writer.build(head('young'));
    await build.write(ROWS);
    await writer.upsert([row({ id: 'fresh' }, 1)]);
    await build.publish((rows) => Promise.resolve(rows.map(({ item }) => row(item, 2))));
    expect((await index.vectors(['fresh']))[0]).toEqual(row({ id: 'fresh' }, 2).vectors);
  },

  'leaves nothing of an aborted build': async ({ index, writer }) => {
    await publish(writer, ROWS, 'old');
    const build = await writer.build(head('young'));
    await build.write([row({ id: 'only' })]);
    await build.abort();
    expect(index.head()).toMatchObject({ id: 'old', items: 40 });
    await writer.upsert([row({ id: 'fresh' })]);
    expect(await index.items(['only', 'fresh'])).toMatchObject([undefined, { id: 'fresh' }]);
    await publish(writer, ROWS.slice(1), 'young');
    expect(index.head()).toMatchObject({ id: 'young', items: 39 });
  },

  'publishes an empty generation, which can be filled live': async ({ index, writer }) => {
    await publish(writer, []);
    expect((await index.candidates({ words: 'lamp', probes: [], candidates: 5 })).candidates).toEqual([]);
    await writer.upsert([row({ id: 'a', title: 'Lamp' })]);
    expect((await index.candidates({ words: 'lamp', probes: [], candidates: 5 })).candidates).toHaveLength(1);
  },

  'goes back to the generation before, and forth again': async ({ index, writer }) => {
    await publish(writer, ROWS, 'old');
    await expect(writer.rollback()).rejects.toMatchObject({ code: 'NOT_READY' });
    await publish(writer, [row({ id: 'only', title: 'Trombone' })], 'young');
    expect(await writer.rollback()).toEqual(head('old'));
    expect(index.head()).toMatchObject({ id: 'old', items: 40 });
    expect((await index.candidates({ words: 'lamp', probes: [], candidates: 50 })).candidates).toHaveLength(8);
    await writer.upsert([row({ id: 'fresh', title: 'Tuba' })]);
    expect((await writer.rollback()).id).toBe('young');
    expect(await index.items(['only', 'fresh', 'item-0001'])).toMatchObject([{ id: 'only' }, undefined, undefined]);
    await publish(writer, ROWS, 'third');
    expect((await writer.rollback()).id).toBe('young');
  },

  'publishes again and again': async ({ index, writer }) => {
    for (const id of ['g1', 'g2', 'g3', 'g4']) await publish(writer, ROWS, id);
    expect(index.head()).toMatchObject({ id: 'g4', items: 40 });
    expect((await index.candidates({ words: 'lamp', probes: [], candidates: 50 })).candidates).toHaveLength(8);
  },
};
