/** A tensor on its way between threads: row-major, `data.length` is the product of `dims`. */
export type TensorValue =
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly dims: readonly number[] }
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] };

/** Tensors by the names that the model gives them. */
export type Tensors = Readonly<Record<string, TensorValue>>;

/** What a session's thread says, in the order of its life: `ready` or `unusable` once, then one reply a batch. */
export type SessionReply =
  | { readonly kind: 'ready'; readonly inputNames: readonly string[]; readonly outputNames: readonly string[] }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'done'; readonly outputs: Tensors }
  | { readonly kind: 'failed'; readonly message: string };
