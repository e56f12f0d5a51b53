import { expect } from '@jest/globals';
import { fieldValues } from '../../../src/vocabulary/item.ts';
import { dot } from '../../../src/vocabulary/vector.ts';
import type { Probe } from '../../../subgraphs/retrieval/index/item-index.ts';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { DIMS, FIELDS, head, row, shop, vector } from './samples.ts';

const ROWS = shop(150);

const probe = (column: keyof typeof DIMS, seed: number, weight = 1): Probe => ({
  column,
  vector: vector(seed, DIMS[column]),
  weight,
});

export const ANSWERS: Promises = {
  'refuses to answer before anything is published': async ({ index, writer }) => {
    expect(index.head()).toBeUndefined();
    await expect(index.candidates({ probes: [], candidates: 5 })).rejects.toMatchObject({ code: 'NOT_READY' });
    await expect(index.items(['a'])).rejects.toMatchObject({ code: 'NOT_READY' });
    await expect(writer.upsert([row({ id: 'a' })])).rejects.toMatchObject({ code: 'NOT_READY' });
  },

  'tells what it serves': async ({ index, writer }) => {
    await publish(writer, ROWS);
    expect(index.head()).toEqual({ ...head('first'), items: ROWS.length });
  },

  'reads fields as the items have them': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const items = ROWS.slice(0, 60).map(({ item }) => item);
    const names = [...Object.keys(FIELDS), 'unheard of'];
    const [none, ...read] = await index.fields(['nobody', ...items.map(({ id }) => id)], names);
    expect(none).toBeUndefined();
    for (const [at, item] of items.entries())
      for (const name of names) {
        const [values, its] = [read[at]?.(name), new Set(fieldValues(item, name))];
        expect([name, values?.length, new Set(values)]).toEqual([name, its.size, its]);
      }
  },

  'scores every candidate by every kind of evidence, whichever found it': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const probes = [probe('text', 3), probe('looks', 4), probe('bridged', 5)];
    const { candidates } = await index.candidates({ words: 'red boots', probes, candidates: 10 });
    const everything = await index.candidates({ words: 'red boots', probes, candidates: ROWS.length });
    expect(candidates.length).toBeGreaterThan(20);
    for (const candidate of candidates) {
      const whole = everything.candidates.find(({ id }) => id === candidate.id);
      expect(candidate.lexical).toBeCloseTo(whole?.lexical ?? -1, 4);
      expect(candidate.cosines).toEqual(whole?.cosines);
    }
    expect(candidates.some(({ lexical }) => lexical === 0)).toBe(true);
    expect(candidates.map(({ id }) => id)).toEqual(candidates.map(({ id }) => id).sort());
  },

  'finds the nearest of every column exactly': async ({ index, writer }) => {
    await publish(writer, ROWS);
    for (const column of ['text', 'looks', 'bridged'] as const) {
      const probes = [probe(column, 77)];
      const { candidates } = await index.candidates({ probes, candidates: 12 });
      const nearest = ROWS.flatMap(({ item, vectors: { [column]: its } }) =>
        its ? [{ id: item.id, cosine: dot(its, probes[0]?.vector ?? its) }] : [],
      ).sort((a, b) => b.cosine - a.cosine);
      expect(new Set(candidates.map(({ id }) => id))).toEqual(new Set(nearest.slice(0, 12).map(({ id }) => id)));
      for (const { id, cosines } of candidates) {
        expect(cosines[0]).toBeCloseTo(nearest.find((near) => near.id === id)?.cosine ?? 9, 5);
      }
    }
  },

  'brings the items that several probes of a column favour together, and keeps their cosines apart': async (opened) => {
    const { index, writer } = opened;
    await publish(writer, ROWS);
    const [like, unlike] = [probe('text', 8, 1), probe('text', 9, -0.5)];
    const { candidates } = await index.candidates({ probes: [like, unlike], candidates: 1 });
    const best = ROWS.map(({ item, vectors: { text } }) => ({
      id: item.id,
      cosines: [like, unlike].map(({ vector: asked }) => (text ? dot(text, asked) : 0)),
    })).sort(({ cosines: [a = 0, b = 0] }, { cosines: [c = 0, d = 0] }) => c - d / 2 - (a - b / 2))[0];
    expect(candidates.map(({ id }) => id)).toEqual([best?.id]);
    candidates[0]?.cosines.forEach((cosine, at) => expect(cosine).toBeCloseTo(best?.cosines[at] ?? 9, 5));
  },

  'gives null, never zero, where an item lacks what a probe asks for': async ({ index, writer }) => {
    await publish(writer, [row({ id: 'blind', title: 'lamp' }, 1, false), row({ id: 'seen', title: 'lamp' }, 2)]);
    const { candidates } = await index.candidates({ words: 'lamp', probes: [probe('looks', 1)], candidates: 5 });
    expect(candidates.map(({ id, cosines }) => [id, cosines[0] === null])).toEqual([
      ['blind', true],
      ['seen', false],
    ]);
  },

  'gives null to every probe of a column that the generation lacks': async ({ index, writer }) => {
    const build = await writer.build(head('flat', { dims: { ...DIMS, looks: 0 } }));
    await build.write(ROWS.slice(0, 10));
    await build.publish();
    const probes = [probe('looks', 1), probe('text', 1)];
    const { candidates } = await index.candidates({ probes, candidates: 3 });
    expect(candidates.map(({ cosines }) => cosines[0])).toEqual([null, null, null]);
    expect((await index.vectors(['item-0001']))[0]?.looks).toBeNull();
  },

  'refuses a vector of other dimensions': async ({ index, writer }) => {
    await publish(writer, ROWS.slice(0, 3));
    const probes: Probe[] = [{ column: 'text', vector: vector(1, 5), weight: 1 }];
    await expect(index.candidates({ probes, candidates: 3 })).rejects.toMatchObject({ code: 'SPACE_MISMATCH' });
    const strange = { ...row({ id: 'x' }), vectors: { text: vector(1, 5), bridged: null, looks: null } };
    await expect(writer.upsert([strange])).rejects.toMatchObject({ code: 'SPACE_MISMATCH' });
  },

  'brings as many candidates as are asked for, and says how rare the words are': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const dresses = await index.candidates({ words: 'Dresses', probes: [], candidates: 4 });
    expect(dresses.candidates).toHaveLength(4);
    expect(dresses.idfSum).toBeCloseTo(Math.log(1 + (150 - 30 + 0.5) / 30.5), 6);
    const near = await index.candidates({ probes: [probe('looks', 1)], candidates: 4 });
    expect(near.candidates).toHaveLength(4);
    expect(near.idfSum).toBe(0);
  },

  'gives items and vectors in the order of the ids, undefined for the unknown': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const ids = ['item-0009', 'nobody', 'item-0003', "o'brien", 'item-0009'];
    const items = await index.items(ids);
    expect(items).toEqual([ROWS[9]?.item, undefined, ROWS[3]?.item, undefined, ROWS[9]?.item]);
    expect(await index.vectors(ids)).toEqual([
      ROWS[9]?.vectors,
      undefined,
      ROWS[3]?.vectors,
      undefined,
      ROWS[9]?.vectors,
    ]);
    expect((await index.vectors(['item-0007']))[0]).toMatchObject({ looks: null, bridged: null });
  },

  'gives the vectors of the columns that are asked for': async ({ index, writer }) => {
    await publish(writer, ROWS);
    const some = ROWS.slice(0, 20);
    const stored = await index.vectors(
      some.map(({ item }) => item.id),
      ['looks'],
    );
    expect(stored.map((vectors) => vectors?.looks)).toEqual(some.map(({ vectors }) => vectors.looks));
  },

  'browses in the order of a field, items without it last, ties by id': async ({ index, writer }) => {
    const priced = (id: string, amount?: number): ReturnType<typeof row> =>
      row({ id, price: amount === undefined ? undefined : { amount, currency: 'EUR' } });
    await publish(writer, [
      priced('d', 5),
      priced('c'),
      priced('b', 5),
      priced('e', 100),
      priced('a'),
      priced('f', 20),
    ]);
    const order = { field: 'price', direction: 'DESC' } as const;
    expect(await index.browse({ orders: [order], limit: 10 })).toMatchObject({
      ids: ['e', 'f', 'b', 'd', 'a', 'c'],
      total: 6,
    });
    expect(await index.browse({ orders: [{ ...order, direction: 'ASC' }], limit: 2 })).toMatchObject({
      ids: ['b', 'd'],
      total: 6,
    });
    expect(await index.browse({ limit: 2, filter: { field: 'price', range: { gt: 5 } } })).toMatchObject({
      ids: ['e', 'f'],
      total: 2,
    });
  },

  'browses in the order of several fields, the later ones where those before are equal': async ({ index, writer }) => {
    const sold = (id: string, amount: number, popularity?: number): ReturnType<typeof row> =>
      row({ id, price: { amount, currency: 'EUR' }, popularity });
    await publish(writer, [sold('a', 5), sold('b', 5, 1), sold('c', 9, 7), sold('d', 5, 3), sold('e', 9, 7)]);
    const orders = [
      { field: 'price', direction: 'ASC' },
      { field: 'popularity', direction: 'DESC' },
    ] as const;
    expect(await index.browse({ orders, limit: 4 })).toMatchObject({ ids: ['d', 'b', 'a', 'c'], total: 5 });
  },
};
