import { describe, expect, it } from '@jest/globals';
import { cachedEncoder, textKey } from '../../src/inference/cached-encoder.ts';
import { EncodingFailure } from '../../src/inference/encoder.ts';
import type { TextEncoder, TextInput } from '../../src/inference/encoder.ts';
import { hashingTextEncoder } from '../../src/inference/hashing-encoder.ts';

const query = (text: string): TextInput => ({ text, role: 'query' });

/** Counts what reaches the encoder; `broken` texts fail the first time. */
function counting(broken: readonly string[] = []): { readonly encoder: TextEncoder; readonly asked: string[] } {
  const inner = hashingTextEncoder();
  const asked: string[] = [];
  const encode: TextEncoder['encode'] = async (inputs) => {
    const seen = inputs.map(({ text }) => asked.includes(text));
    asked.push(...inputs.map(({ text }) => text));
    const vectors = await inner.encode(inputs);
    return vectors.map((vector, i) =>
      broken.includes(inputs[i]?.text ?? '') && seen[i] === false ? new EncodingFailure('INTERNAL', 'broken') : vector,
    );
  };
  return { encoder: { ...inner, encode }, asked };
}

describe('an encoder with a memory', () => {
  it('encodes a text once for ten viewers who ask it at the same time', async () => {
    const { encoder, asked } = counting();
    const cached = cachedEncoder(encoder, { entries: 10, key: textKey });
    await Promise.all(Array.from({ length: 10 }, () => cached.encode([query('red shoe')])));
    expect(asked).toEqual(['red shoe']);
  });

  it('asks only for what it does not know, and keeps the order', async () => {
    const { encoder, asked } = counting();
    const cached = cachedEncoder(encoder, { entries: 10, key: textKey });
    await cached.encode([query('b')]);
    const together = await cached.encode(['a', 'b', 'a'].map(query));
    expect(asked).toEqual(['b', 'a']);
    expect(together).toEqual(await hashingTextEncoder().encode(['a', 'b', 'a'].map(query)));
  });

  it('answers with what it knows even where something new takes its place', async () => {
    const { encoder } = counting();
    const cached = cachedEncoder(encoder, { entries: 1, key: textKey });
    await cached.encode([query('a')]);
    const together = await cached.encode(['a', 'b'].map(query));
    expect(together).toEqual(await hashingTextEncoder().encode(['a', 'b'].map(query)));
  });

  it('tries again what failed', async () => {
    const { encoder } = counting(['red shoe']);
    const cached = cachedEncoder(encoder, { entries: 10, key: textKey });
    const [first] = await cached.encode([query('red shoe')]);
    const [second] = await cached.encode([query('red shoe')]);
    expect(first).toBeInstanceOf(EncodingFailure);
    expect(second).toBeInstanceOf(Float32Array);
  });

  it('forgets the vector unused for longest', async () => {
    const { encoder, asked } = counting();
    const cached = cachedEncoder(encoder, { entries: 2, key: textKey });
    for (const text of ['a', 'b', 'c', 'a']) await cached.encode([query(text)]);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
