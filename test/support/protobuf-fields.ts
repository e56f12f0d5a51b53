/** A field of a protobuf message as it travelled: a number, or the bytes of a text or of another message. */
export interface Field {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

/** Takes a message apart (protobuf's wire format); what its bytes mean is the reader's. */
export function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const read: Readonly<Record<number, () => Field['value']>> = {
    0: varint,
    1: () => view.getBigUint64((at += 8) - 8, true),
    2: () => {
      const length = Number(varint());
      return bytes.subarray(at, (at += length));
    },
    5: () => BigInt(view.getUint32((at += 4) - 4, true)),
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const value = read[tag & 7]?.();
    if (value === undefined) throw new Error(`protobuf has no wire type ${String(tag & 7)}`);
    fields.push({ number: tag >> 3, value });
  }
  return fields;
}

/** The messages, or texts, of one field, in order. */
export function bytesOf(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && field.value instanceof Uint8Array ? [field.value] : []));
}

export function textOf(fields: readonly Field[], number: number): string {
  return Buffer.from(bytesOf(fields, number)[0] ?? []).toString();
}

export function hexOf(fields: readonly Field[], number: number): string {
  return Buffer.from(bytesOf(fields, number)[0] ?? []).toString('hex');
}

export function numberOf(fields: readonly Field[], number: number): number {
  const found = fields.find((field) => field.number === number)?.value;
  return typeof found === 'bigint' ? Number(found) : 0;
}
