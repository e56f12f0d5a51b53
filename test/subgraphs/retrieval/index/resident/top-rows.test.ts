import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ResidentRows } from '../../../../../subgraphs/retrieval/index/resident/resident-rows.ts';
import { topRows } from '../../../../../subgraphs/retrieval/index/resident/top-rows.ts';

it('picks the same rows as sorting them all by score, then id', () => {
  const scores = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.nat(99)), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.nat(20), (entries, limit) => {
      const rows = new ResidentRows();
      entries.forEach(([, , salt], at) => rows.claim(`${salt}-${at}`));
      const allowed = (row: number): boolean => entries[row]?.[1] ?? false;
      const sorted = entries
        .map(([score], row) => ({ score, row, id: rows.idOf(row) }))
        .filter(({ row }) => allowed(row))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
      const top = topRows(
        Float32Array.from(entries, ([score]) => score),
        allowed,
        { rows, limit },
      );
      expect(new Set(top)).toEqual(new Set(sorted.slice(0, limit).map(({ row }) => row)));
      expect(top).toHaveLength(Math.min(limit, sorted.length));
    }),
  );
});
