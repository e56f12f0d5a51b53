/** What JSON has no word for: typed arrays travel as base64 under a name of their own. */
const FLOATS = '$float32';
const BYTES = '$bytes';

/** JSON text of a value that may hold Float32Arrays and Uint8Arrays, Buffers too. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, each: unknown) {
    // A Buffer has a toJSON of its own, so what arrives here is read from where it stands.
    const own = this[key];
    if (own instanceof Float32Array) return { [FLOATS]: base64(own) };
    if (own instanceof Uint8Array) return { [BYTES]: base64(own) };
    return each;
  });
}

/** The value again; floats as Float32Array, bytes as Uint8Array. */
export function fromWire(text: string): unknown {
  return JSON.parse(text, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null) return each;
    if (FLOATS in each) return new Float32Array(bytesOf(each[FLOATS]).buffer);
    if (BYTES in each) return bytesOf(each[BYTES]);
    return each;
  });
}

function base64({ buffer, byteOffset, byteLength }: Float32Array | Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Bytes in a buffer of their own, since a Buffer may begin anywhere in a shared one. */
function bytesOf(text: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(String(text), 'base64'));
}
