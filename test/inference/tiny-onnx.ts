/*
 * Just enough of ONNX's protobuf to write a model of a few nodes, so that towers of other shapes than Medley's own can be
 * tested without files that nobody can read. Field numbers are those of onnx.proto3.
 */
const ELEMENT = { float32: 1, int64: 7 } as const;

export interface Port {
  readonly name: string;
  readonly type: keyof typeof ELEMENT;
  /** A word is a dimension of any size. */
  readonly shape: readonly (number | string)[];
}

export interface TinyModel {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly nodes: readonly { readonly op: string; readonly from: readonly string[]; readonly to: string }[];
  readonly constants?: readonly {
    readonly name: string;
    readonly dims: readonly number[];
    readonly values: readonly number[];
  }[];
}

export function onnxModel({ inputs, outputs, nodes, constants = [] }: TinyModel): Buffer {
  const graph = Buffer.concat([
    ...nodes.map(({ op, from, to }) => field(1, [...from.map((name) => field(1, name)), field(2, to), field(4, op)])),
    field(2, 'tiny'),
    ...constants.map(({ name, dims, values }) =>
      field(5, [
        ...dims.map((dim) => number(1, dim)),
        number(2, ELEMENT.float32),
        field(8, name),
        field(9, floats(values)),
      ]),
    ),
    ...inputs.map((port) => field(11, describePort(port))),
    ...outputs.map((port) => field(12, describePort(port))),
  ]);
  return Buffer.concat([number(1, 8), field(7, graph), field(8, number(2, 17))]);
}

function describePort({ name, type, shape }: Port): readonly Buffer[] {
  const dims = shape.map((size) => field(1, typeof size === 'string' ? field(2, size) : number(1, size)));
  return [field(1, name), field(2, field(1, [number(1, ELEMENT[type]), field(2, dims)]))];
}

function field(tag: number, content: string | Buffer | readonly Buffer[]): Buffer {
  const bytes = Array.isArray(content) ? Buffer.concat(content) : Buffer.from(content as string);
  return Buffer.concat([varint((tag << 3) | 2), varint(bytes.length), bytes]);
}

function number(tag: number, value: number): Buffer {
  return Buffer.concat([varint(tag << 3), varint(value)]);
}

function varint(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.concat([Buffer.from([(value & 127) | 128]), varint(value >> 7)]);
}

function floats(values: readonly number[]): Buffer {
  return Buffer.from(Float32Array.from(values).buffer);
}
