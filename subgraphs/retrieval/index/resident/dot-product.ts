import { DOT_PRODUCT_WASM } from './dot-product.wasm.ts';

/** What is used here of WebAssembly; the compiler's libraries name it for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => KernelMemory;
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly scan: Scan } };
};

/** Memory that grows in place by pages of 64 KiB, up to 4 GiB. Views of `buffer` end when it grows. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * The dot products of the query at address 0 with `rows` rows from the address `row` on, put at the address `stride`, which is
 * also the bytes of a row, a multiple of 64.
 */
export type Scan = (row: number, rows: number, stride: number) => void;

/** Floats a step of the kernel: rows and queries are padded to a multiple of it with zeros. */
export const STEP = 16;

export const PAGE = 65_536;

export const MOST_PAGES = 65_536;

let compiled: object | undefined;

/** Memory and the dot products of a query with consecutive rows in it, by 128-bit SIMD on one core. */
export function dotProduct(bytes: number): { readonly memory: KernelMemory; readonly scan: Scan } {
  compiled ??= new WebAssembly.Module(new Uint8Array(Buffer.from(DOT_PRODUCT_WASM, 'base64')));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE), maximum: MOST_PAGES });
  return { memory, scan: new WebAssembly.Instance(compiled, { env: { memory } }).exports.scan };
}
