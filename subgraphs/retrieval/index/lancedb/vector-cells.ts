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

/** Reads the cells of a column of one batch: views of the batch, null where one is empty. */
export function vectorReader(column: ArrowVector | null): (at: number) => Vector | null {
  const cells = column?.data[0];
  const floats: unknown = cells?.children[0]?.values;
  if (!cells || !(floats instanceof Float32Array)) return () => null;
  const dims = (cells.type as FixedSizeList).listSize;
  return (at) => (cells.getValid(at) ? floats.subarray(at * dims, (at + 1) * dims) : null);
}
