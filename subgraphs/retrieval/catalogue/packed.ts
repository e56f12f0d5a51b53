import type { Vector } from '../../../src/vocabulary/vector.ts';

/** Facts and arrays of floats as one run of bytes: the length of the JSON (4 bytes), the JSON, padding, the floats. Little-endian. */
export function pack(facts: object, arrays: Readonly<Record<string, Vector>>): Uint8Array {
  const lengths = Object.entries(arrays).map(([name, array]) => [name, array.length] as const);
  const json = Buffer.from(JSON.stringify({ facts, lengths }));
  const start = aligned(4 + json.length);
  const bytes = Buffer.alloc(start + lengths.reduce((sum, [, length]) => sum + length * 4, 0));
  bytes.writeUInt32LE(json.length, 0);
  json.copy(bytes, 4);
  let at = start;
  for (const array of Object.values(arrays)) {
    Buffer.from(array.buffer, array.byteOffset, array.byteLength).copy(bytes, at);
    at += array.byteLength;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The inverse of `pack`. @throws RangeError on bytes that it did not make. */
export function unpack(bytes: Uint8Array): { readonly facts: unknown; readonly arrays: ReadonlyMap<string, Vector> } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.readUInt32LE(0);
  const head = JSON.parse(view.toString('utf8', 4, 4 + length)) as { facts: unknown; lengths: [string, number][] };
  const arrays = new Map<string, Vector>();
  let at = aligned(4 + length);
  for (const [name, count] of head.lengths) {
    if (at + count * 4 > view.length) throw new RangeError(`the array ${name} ends after the bytes do`);
    arrays.set(name, new Float32Array(bytes.slice(at, at + count * 4).buffer));
    at += count * 4;
  }
  return { facts: head.facts, arrays };
}

function aligned(length: number): number {
  return Math.ceil(length / 4) * 4;
}
