import type { Encoder } from '../../../src/inference/encoder.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import type { EncodingStore } from '../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';

export interface StoredEncoderOptions<Input> {
  readonly encodings: EncodingStore;
  /** Inputs of one key have one vector. */
  readonly key: (input: Input) => string;
  readonly onProgress?: (done: number, total: number) => void;
}

const BATCH = 64;

/** The same encoder, which keeps what it made: the second run asks the store alone, and an interrupted one goes on where it was. */
export function storedEncoder<Input, Known extends Encoder<Input>>(
  encoder: Known,
  { encodings, key, onProgress }: StoredEncoderOptions<Input>,
): Known {
  return {
    ...encoder,
    encode: async (inputs: readonly Input[]) => {
      const keys = inputs.map(key);
      const known = new Map<string, Vector>(await encodings.get(encoder.space, [...new Set(keys)]));
      const failed = new Map<string, Awaited<ReturnType<Known['encode']>>[number]>();
      const missing = [...new Map(inputs.map((input, i) => [keys[i] ?? '', input]))].filter(([one]) => !known.has(one));
      for (let at = 0; at < missing.length; at += BATCH) {
        const batch = missing.slice(at, at + BATCH);
        const outcomes = await encoder.encode(batch.map(([, input]) => input));
        const made = new Map<string, Vector>();
        for (const [i, [one]] of batch.entries()) {
          const outcome = outcomes[i];
          if (outcome instanceof Float32Array) made.set(one, outcome);
          else if (outcome) failed.set(one, outcome);
        }
        await encodings.put(encoder.space, made);
        for (const [one, vector] of made) known.set(one, vector);
        onProgress?.(Math.min(missing.length, at + BATCH), missing.length);
      }
      return keys.flatMap((one) => known.get(one) ?? failed.get(one) ?? []);
    },
  };
}
