import { Field, FixedSizeList, Float32, makeData, makeVector } from 'apache-arrow';
import type { Vector as ArrowVector } from 'apache-arrow';
import type { Vector } from '../../../../src/vocabulary/vector.ts';

/** How LanceDB keeps vectors: lists of so many 32-bit floats. */
export function vectorType(dims: number): FixedSizeList {
  return new FixedSizeList(dims, new Field('item', new Float32(), true));
}

/** A column of vectors for writing, copied once: a thousand times faster than cell by cell. */
export function vectorCells(vectors: readonly (Vector | null)[], dims: number): ArrowVector {
  const floats = new Float32Array(vectors.length * dims);
  const present = new Uint8Array(Math.ceil(vectors.length / 8));
  vectors.forEach((vector, row) => {
    if (!vector) return;
    floats.set(vector, row * dims);
    present[row >> 3] = (present[row >> 3] ?? 0) | (1 << (row & 7));
  });
  const child = makeData({ type: new Float32(), length: floats.length, data: floats });
  const nullCount = vectors.filter((vector) => !vector).length;
  return makeVector(
    makeData({ type: vectorType(dims), length: vectors.length, nullCount, nullBitmap: present, child }),
  );
}

/** A copy of one cell; null where it is empty. */
export function readVector(column: ArrowVector | null, at: number): Vector | null {
  const value = column?.get(at) as ArrowVector<Float32> | null | undefined;
  return value ? Float32Array.from(value.toArray()) : null;
}
