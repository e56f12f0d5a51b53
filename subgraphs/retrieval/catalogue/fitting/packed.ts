import type { Vector } from '../../../../src/vocabulary/vector.ts';

/** What stands beside the facts: floats, or bytes of another format. */
type Packed = Vector | Uint8Array;

export interface Unpacked {
  readonly facts: unknown;
  readonly arrays: ReadonlyMap<string, Vector>;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/**
 * Facts, arrays of floats and blobs as one run of bytes: the length of the JSON (4 bytes), the JSON, then the arrays in their order,
 * each padded to 4 bytes. Little-endian. training/exchange.py reads the same.
 */
export function pack(facts: object, parts: Readonly<Record<string, Packed>>): Uint8Array {
  const named = Object.entries(parts);
  const lengths = named.map(([name, part]) => [name, part.length, part instanceof Float32Array ? 'f4' : 'u1'] as const);
  const json = Buffer.from(JSON.stringify({ facts, lengths }));
  const start = aligned(4 + json.length);
  const bytes = Buffer.alloc(start + named.reduce((sum, [, { byteLength }]) => sum + aligned(byteLength), 0));
  bytes.writeUInt32LE(json.length, 0);
  json.copy(bytes, 4);
  let at = start;
  for (const [, { buffer, byteOffset, byteLength }] of named) {
    Buffer.from(buffer, byteOffset, byteLength).copy(bytes, at);
    at += aligned(byteLength);
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The inverse of `pack`. @throws RangeError on bytes that it did not make. */
export function unpack(bytes: Uint8Array): Unpacked {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.readUInt32LE(0);
  const head = JSON.parse(view.toString('utf8', 4, 4 + length)) as {
    facts: unknown;
    lengths: [name: string, count: number, kind?: 'f4' | 'u1'][];
  };
  const arrays = new Map<string, Vector>();
  const blobs = new Map<string, Uint8Array>();
  let at = aligned(4 + length);
  for (const [name, count, kind] of head.lengths) {
    const size = kind === 'u1' ? count : count * 4;
    if (at + size > view.length) throw new RangeError(`the array ${name} ends after the bytes do`);
    const own = Uint8Array.from(view.subarray(at, at + size));
    if (kind === 'u1') blobs.set(name, own);
    else arrays.set(name, new Float32Array(own.buffer));
    at += aligned(size);
  }
  return { facts: head.facts, arrays, blobs };
}

/** Vectors end to end, as a recipe reads a matrix. */
export function matrix(vectors: readonly Vector[]): Vector {
  const dims = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dims);
  for (const [row, vector] of vectors.entries()) all.set(vector, row * dims);
  return all;
}

function aligned(length: number): number {
  return Math.ceil(length / 4) * 4;
}
