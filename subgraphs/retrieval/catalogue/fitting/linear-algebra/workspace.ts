import { KERNEL } from './kernel.ts';

/** What this file needs of WebAssembly; the compiler's libraries name it for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

type Multiply = (...pointersStridesSizes: readonly number[]) => void;

const PAGE = 65_536;
const BYTES = 8;

/** A rectangle of a workspace's numbers, row after row. Rows and columns are padded with zeros to multiples of 4. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Where row 0 starts, and how far apart rows lie, in numbers. */
  readonly offset: number;
  readonly stride: number;
}

export function padded(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** How many numbers matrices of these shapes take. */
export function sizeOf(shapes: readonly (readonly [rows: number, columns: number])[]): number {
  return shapes.reduce((sum, [rows, columns]) => sum + padded(rows) * padded(columns), 0);
}

let compiled: object | undefined;

/**
 * Memory for 64-bit matrices and the one product that is fast on it: some 5 billion multiplications a second on one core,
 * where plain loops reach 1. It has the size that was asked for, and never grows; it is freed when nobody holds it.
 */
export class Workspace {
  readonly values: Float64Array;
  readonly #multiply: Multiply;
  #used = 0;

  constructor(numbers: number) {
    const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil((numbers * BYTES) / PAGE)) });
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
    const { exports } = new WebAssembly.Instance(compiled, { host: { memory } });
    this.#multiply = exports['multiply'] as Multiply;
    this.values = new Float64Array(memory.buffer);
  }

  /** A new matrix of zeros. */
  matrix(rows: number, columns: number): Matrix {
    const stride = padded(columns);
    const matrix = { rows: padded(rows), columns: stride, offset: this.#used, stride };
    this.#used += matrix.rows * stride;
    if (this.#used > this.values.length)
      throw new RangeError(`the workspace holds ${this.values.length} numbers, ${this.#used} were asked`);
    return matrix;
  }

  /** `into += scale * a * bᵀ`; with `lower` only tiles that reach the diagonal or lie below it. */
  multiply(into: Matrix, [a, b]: readonly [Matrix, Matrix], { scale = 1, lower = false } = {}): void {
    const places = [a, b, into].flatMap(({ offset, stride }) => [offset * BYTES, stride * BYTES]);
    this.#multiply(...places, a.rows, b.rows, a.columns, scale, lower ? 1 : 0);
  }

  /** Rows of 32-bit floats, copied in from the top; what is left of the matrix becomes zero. */
  fill(matrix: Matrix, rows: readonly ArrayLike<number>[]): void {
    for (let row = 0; row < matrix.rows; row++) {
      const start = matrix.offset + row * matrix.stride;
      this.values.fill(0, start, start + matrix.columns);
      const given = rows[row];
      if (given) this.values.set(given, start);
    }
  }

  /** The same with vectors as columns. */
  fillAcross(matrix: Matrix, vectors: readonly ArrayLike<number>[]): void {
    const { offset, rows, stride } = matrix;
    this.values.fill(0, offset, offset + rows * stride);
    for (const [column, vector] of vectors.entries())
      for (let i = 0; i < vector.length; i++) this.values[offset + i * stride + column] = vector[i] ?? 0;
  }

  /** Copies the lower triangle above the diagonal. */
  mirror({ offset, rows, stride }: Matrix): void {
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < row; column++)
        this.values[offset + column * stride + row] = this.values[offset + row * stride + column] ?? 0;
  }

  /** A row as 32-bit floats. */
  row(matrix: Matrix, row: number, dims: number): Float32Array {
    const start = matrix.offset + row * matrix.stride;
    return Float32Array.from(this.values.subarray(start, start + dims));
  }
}

/** A rectangle of a matrix, sharing its numbers; all four are multiples of 4. */
export function part(
  matrix: Matrix,
  [row, rows]: readonly [number, number],
  [column, columns]: readonly [number, number],
): Matrix {
  return { rows, columns, offset: matrix.offset + row * matrix.stride + column, stride: matrix.stride };
}
