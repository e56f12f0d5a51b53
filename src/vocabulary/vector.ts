/** A point of a space: finite 32-bit floats. Only vectors of the same space may be compared. */
export type Vector = Float32Array;

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** The vector of length 1 in the same direction; a zero vector stays zero. */
export function unit(a: Vector): Vector {
  const length = norm(a);
  return length === 0 ? a.slice() : scale(a, 1 / length);
}

export function scale(a: Vector, by: number): Vector {
  return a.map((x) => x * by);
}

export function subtract(a: Vector, b: Vector): Vector {
  return a.map((x, i) => x - (b[i] ?? 0));
}

/** The sum of `weight * vector`, of the given number of dimensions. */
export function weightedSum(
  terms: Iterable<{ readonly vector: Vector; readonly weight: number }>,
  dims: number,
): Vector {
  const sum = new Float32Array(dims);
  for (const { vector, weight } of terms)
    for (let i = 0; i < dims; i++) sum[i] = (sum[i] ?? 0) + weight * (vector[i] ?? 0);
  return sum;
}

/** Of vectors of one space; empty where there are none. */
export function meanVector(vectors: readonly Vector[]): Vector {
  const weight = 1 / vectors.length;
  return weightedSum(
    vectors.map((vector) => ({ vector, weight })),
    vectors[0]?.length ?? 0,
  );
}

export function isFiniteVector(a: Vector): boolean {
  return a.every((x) => Number.isFinite(x));
}

/** Vectors travel between subgraphs as base64 of little-endian floats: 4/3 of the bytes, where JSON numbers need 5. */
export function toBase64(a: Vector): string {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString('base64');
}

export function fromBase64(text: string): Vector {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength % 4 !== 0)
    throw new RangeError(`a vector has 4 bytes a dimension, ${bytes.byteLength} bytes came`);
  return new Float32Array(new Uint8Array(bytes).buffer);
}
