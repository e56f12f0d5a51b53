import { MedleyError } from '../../../src/runtime/errors.ts';
import { isFiniteVector } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { dimsOf, presentColumns, vectorsBy } from './columns.ts';
import type { Column, GenerationHead, ItemRow } from './item-index.ts';

/**
 * The rows as the generation can keep them: without the columns that it lacks, one a id, the last.
 * Errors: SPACE_MISMATCH for a vector of other dimensions or with numbers that are not finite.
 */
export function fitRows(head: GenerationHead, rows: readonly ItemRow[]): readonly ItemRow[] {
  const last = new Map(rows.map((row) => [row.item.id, row]));
  return [...last.values()].map(({ item, vectors }) => {
    const fitted = vectorsBy(head, (column) => (dimsOf(head, column) === 0 ? null : (vectors[column] ?? null)));
    for (const column of presentColumns(head)) checkVector(head, column, fitted[column] ?? null);
    return { item, vectors: fitted };
  });
}

/** Errors: SPACE_MISMATCH. */
export function checkVector(head: GenerationHead, column: Column, vector: Vector | null): void {
  const dims = dimsOf(head, column);
  if (!vector || dims === 0) return;
  if (vector.length !== dims) {
    const came = `got ${vector.length.toString()}`;
    throw new MedleyError(
      'SPACE_MISMATCH',
      `The column "${column}" expected vectors of ${dims.toString()} dimensions, ${came}.`,
    );
  }
  if (!isFiniteVector(vector))
    throw new MedleyError('SPACE_MISMATCH', `A vector of "${column}" has a number that is not finite.`);
}
