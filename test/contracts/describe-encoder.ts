import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EncodingFailure } from '../../src/inference/encoder.ts';
import type { Encoder } from '../../src/inference/encoder.ts';
import { dot, isFiniteVector, norm } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';

export interface EncoderCase<Input> {
  readonly open: () => Promise<Encoder<Input>>;
  /** Three inputs, the first two more like each other than like the third. */
  readonly alike: () => Promise<readonly [Input, Input, Input]>;
  /** An input that cannot be encoded; absent when every input can. */
  readonly bad?: Input;
  /** Why the suite cannot run here. */
  readonly skip?: string | undefined;
}

/** What every encoder promises, run against each of them. */
export function describeEncoder<Input>(name: string, { open, alike, bad, skip }: EncoderCase<Input>): void {
  const suite = skip === undefined ? describe : describe.skip;
  suite(`the encoder ${name}${skip === undefined ? '' : ` (skipped: ${skip})`}`, () => {
    let encoder: Encoder<Input>;
    let inputs: readonly [Input, Input, Input];

    beforeAll(async () => {
      encoder = await open();
      inputs = await alike();
    });
    afterAll(() => encoder.close());

    it('gives one finite vector of its dims for each input', async () => {
      const vectors = await encodeAll(encoder, inputs);
      expect(vectors.map(({ length }) => length)).toEqual([encoder.dims, encoder.dims, encoder.dims]);
      expect(vectors.every(isFiniteVector)).toBe(true);
    });

    it('keeps the order of the inputs, many at once', async () => {
      const many = Array.from({ length: 21 }, (_, i) => inputs[i % 3] ?? inputs[0]);
      const alone = await Promise.all(inputs.map((input) => encodeAll(encoder, [input])));
      const together = await encodeAll(encoder, many);
      expect(together.map((vector) => closest(vector, alone.flat()))).toEqual(many.map((_, i) => i % 3));
    });

    it('gives the same vector for the same input, whatever stands beside it', async () => {
      const [alone] = await encodeAll(encoder, [inputs[0]]);
      const [, beside] = await encodeAll(encoder, [inputs[2], inputs[0]]);
      expect(beside).toEqual(alone);
    });

    it('puts what is alike nearer together', async () => {
      const [a, b, c] = await encodeAll(encoder, inputs);
      expect(cosine(a, b)).toBeGreaterThan(cosine(a, c));
    });

    it('answers an empty list with an empty list', async () => {
      await expect(encoder.encode([])).resolves.toEqual([]);
    });

    it('names its space and modality', () => {
      expect(encoder.space).not.toBe('');
      expect(['TEXT', 'IMAGE']).toContain(encoder.modality);
    });

    if (bad !== undefined)
      it('lets one bad input fail alone', async () => {
        const outcomes = await encoder.encode([inputs[0], bad, inputs[1]]);
        expect(outcomes.map((outcome) => outcome instanceof EncodingFailure)).toEqual([false, true, false]);
      });
  });
}

async function encodeAll<Input>(encoder: Encoder<Input>, inputs: readonly Input[]): Promise<readonly Vector[]> {
  const outcomes = await encoder.encode(inputs);
  return outcomes.map((outcome) => {
    if (outcome instanceof EncodingFailure) throw outcome;
    return outcome;
  });
}

function closest(vector: Vector, candidates: readonly Vector[]): number {
  const scores = candidates.map((candidate) => cosine(vector, candidate));
  return scores.indexOf(Math.max(...scores));
}

function cosine(a: Vector = new Float32Array(), b: Vector = new Float32Array()): number {
  return dot(a, b) / (norm(a) * norm(b));
}
