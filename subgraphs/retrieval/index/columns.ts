import type { Vector } from '../../../src/vocabulary/vector.ts';
import { COLUMNS } from './item-index.ts';
import type { Column, GenerationHead, ItemRow } from './item-index.ts';

type Head = Pick<GenerationHead, 'dims'>;

/** 0 where the generation has no such column. */
export function dimsOf({ dims }: Head, column: Column): number {
  return dims[column] ?? 0;
}

export function presentColumns(head: Head): readonly Column[] {
  return COLUMNS.filter((column) => dimsOf(head, column) > 0);
}

/** An item's vectors as `read` gives each; trained columns only where the generation has them. */
export function vectorsBy(head: Head, read: (column: Column) => Vector | null): ItemRow['vectors'] {
  return {
    text: read('text'),
    bridged: read('bridged'),
    looks: read('looks'),
    ...(dimsOf(head, 'fused') > 0 && { fused: read('fused') }),
    ...(dimsOf(head, 'companion') > 0 && { companion: read('companion') }),
  };
}
