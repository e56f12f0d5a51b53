import type { Vector } from '../../src/vocabulary/vector.ts';

/**
 * An ONNX model without a framework: one matrix, one input [batch, inputs] to `vector` [batch, outputs]. `rows` has a row an output.
 * The field numbers are those of onnx.proto (ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto).
 */
export function linearHead(rows: readonly Vector[], input = 'features'): Uint8Array {
  const [inputs, outputs] = [rows[0]?.length ?? 0, rows.length];
  const weights = new Float32Array(inputs * outputs);
  for (const [output, row] of rows.entries())
    for (const [at, weight] of row.entries()) weights[at * outputs + output] = weight;
  const node = [text(1, input), text(1, 'weights'), text(2, 'vector'), text(4, 'MatMul')];
  const matrix = [number(1, inputs), number(1, outputs), number(2, 1), text(8, 'weights'), field(9, bytesOf(weights))];
  const graph = [
    message(1, node),
    text(2, 'linear'),
    message(5, matrix),
    message(11, described(input, inputs)),
    message(12, described('vector', outputs)),
  ];
  return Buffer.concat([number(1, 8), message(8, [text(1, ''), number(2, 17)]), message(7, graph)]);
}

function described(name: string, dims: number): readonly Buffer[] {
  const shape = message(2, [message(1, [text(2, 'batch')]), message(1, [number(1, dims)])]);
  return [text(1, name), message(2, [message(1, [number(1, 1), shape])])];
}

function bytesOf({ buffer, byteOffset, byteLength }: Vector): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function message(at: number, parts: readonly Buffer[]): Buffer {
  return field(at, Buffer.concat(parts));
}

function text(at: number, value: string): Buffer {
  return field(at, Buffer.from(value));
}

function field(at: number, content: Buffer): Buffer {
  return Buffer.concat([varint((at << 3) | 2), varint(content.length), content]);
}

function number(at: number, value: number): Buffer {
  return Buffer.concat([varint(at << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) | 128);
  }
}
