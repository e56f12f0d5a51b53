import { expect } from '@jest/globals';
import { dot, unit } from '../../../src/vocabulary/vector.ts';
import type { ItemRow } from '../../../subgraphs/retrieval/index/item-index.ts';
import { publish } from './promises.ts';
import type { Promises } from './promises.ts';
import { DIMS, head, shop, vector } from './samples.ts';

const TRAINED = ['fused', 'companion'] as const;
const WIDE = { ...DIMS, fused: 16, companion: 10 };
/** Every fifth item lacks what was trained. */
const ROWS: readonly ItemRow[] = shop(60).map(({ item, vectors }, at) => ({
  item,
  vectors: {
    ...vectors,
    fused: at % 5 === 0 ? null : vector(at + 3000, WIDE.fused),
    companion: at % 5 === 0 ? null : vector(at + 4000, WIDE.companion),
  },
}));

export const TRAINED_COLUMNS: Promises = {
  'finds the nearest of every trained column exactly, and null where an item lacks it': async ({ index, writer }) => {
    const build = await writer.build(head('wide', { dims: WIDE }));
    await build.write(ROWS);
    await build.publish();
    for (const column of TRAINED) {
      const asked = vector(7, WIDE[column]);
      const { candidates } = await index.candidates({
        words: 'lamp',
        probes: [{ column, vector: asked, weight: 1 }],
        candidates: 5,
      });
      const nearest = ROWS.flatMap(({ item, vectors: { [column]: its } }) =>
        its ? [{ id: item.id, cosine: dot(its, asked) }] : [],
      ).sort((a, b) => b.cosine - a.cosine);
      const found = new Map(candidates.map(({ id, cosines: [cosine] }) => [id, cosine]));
      for (const { id, cosine } of nearest.slice(0, 5)) expect(found.get(id)).toBeCloseTo(cosine, 5);
      for (const [id, cosine] of found) expect(cosine === null).toBe(Number(id.slice(-4)) % 5 === 0);
    }
    const ids = ['item-0005', 'item-0006'];
    expect(await index.vectors(ids)).toEqual([ROWS[5]?.vectors, ROWS[6]?.vectors]);
  },

  'takes live writes of trained columns': async ({ index, writer }) => {
    const build = await writer.build(head('wide', { dims: WIDE }));
    await build.write(ROWS);
    await build.publish();
    const [, second] = ROWS;
    const moved = vector(99, WIDE.fused);
    if (second) await writer.upsert([{ item: second.item, vectors: { ...second.vectors, fused: moved } }]);
    const [its] = await index.vectors(['item-0001']);
    expect(its?.fused && dot(unit(its.fused), moved)).toBeCloseTo(1, 5);
  },

  'serves a generation for which nothing was trained, and leaves out what comes of it': async ({ index, writer }) => {
    await publish(writer, ROWS);
    expect(index.head()?.dims).toEqual(DIMS);
    expect(Object.keys((await index.vectors(['item-0001']))[0] ?? {}).sort()).toEqual(['bridged', 'looks', 'text']);
    const probes = [{ column: 'fused', vector: vector(1, 16), weight: 1 } as const];
    const { candidates } = await index.candidates({ words: 'lamp', probes, candidates: 3 });
    expect(candidates.map(({ cosines }) => cosines)).toEqual([[null], [null], [null]]);
  },
};
