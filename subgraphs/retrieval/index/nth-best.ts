/** The score that so many others reach or exceed, itself counted; undefined where there are fewer. Few are wanted of many: a heap of the best so far. */
export function nthBest(scores: Float32Array | Float64Array, n: number): number | undefined {
  if (n < 1 || scores.length < n) return undefined;
  // What is in order is a heap, its least first.
  const heap = scores.slice(0, n).sort();
  for (let at = n; at < scores.length; at++) {
    const score = scores[at] ?? -Infinity;
    if (score > (heap[0] ?? -Infinity)) sink(heap, score);
  }
  return heap[0];
}

/** Puts a score in the place of the least. */
function sink(heap: Float32Array | Float64Array, score: number): void {
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1;
    const lower = heap[child] ?? 0;
    if (lower >= score) break;
    heap[at] = lower;
    at = child;
  }
  heap[at] = score;
}
