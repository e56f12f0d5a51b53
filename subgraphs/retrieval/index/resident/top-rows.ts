import type { ResidentRows } from './resident-rows.ts';

/** The rows with the highest scores among those of the mask, best first; equal scores by id. */
export function topRows(
  scores: Float32Array,
  allowed: (row: number) => boolean,
  { rows, limit }: { readonly rows: ResidentRows; readonly limit: number },
): readonly number[] {
  const heap: number[] = [];
  const score = (row: number): number => scores[row] ?? 0;
  const worse = (a: number, b: number): boolean =>
    score(a) < score(b) || (score(a) === score(b) && rows.idOf(a) > rows.idOf(b));
  if (limit <= 0) return heap;
  for (let row = 0; row < scores.length; row++) {
    const worst = heap[0];
    if (heap.length === limit && worst !== undefined && score(row) < score(worst)) continue;
    if (!allowed(row)) continue;
    if (heap.length < limit || worst === undefined) rise(heap, row, worse);
    else if (worse(worst, row)) sink(heap, row, worse);
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1));
}

type Order = (a: number, b: number) => boolean;

/** Adds a row to a heap whose root is the worst. */
function rise(heap: number[], row: number, worse: Order): void {
  let at = heap.push(row) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] ?? row;
    if (!worse(row, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = row;
}

/** Puts a row in the place of the root. */
function sink(heap: number[], row: number, worse: Order): void {
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (left === undefined) break;
    const rightWins = right !== undefined && worse(right, left);
    const child = rightWins ? right : left;
    if (!worse(child, row)) break;
    heap[at] = child;
    at = 2 * at + (rightWins ? 2 : 1);
  }
  heap[at] = row;
}
