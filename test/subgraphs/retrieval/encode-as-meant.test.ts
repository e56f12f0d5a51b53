import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { together } from '../../../src/inference/open-encoders.ts';
import type { TextEncoder } from '../../../src/inference/encoder.ts';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../src/inference/hashing-encoder.ts';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import type { EncodedPart, QueryEncoding } from '../../../src/vocabulary/encoding.ts';
import { queryTilt } from '../../../src/vocabulary/query-tilt.ts';
import type { QueryPart, SearchQuery } from '../../../src/vocabulary/search-request.ts';
import { encodeAsMeant } from '../../../subgraphs/retrieval/encode-as-meant.ts';

const words = hashingTextEncoder();
const head = { textSpace: words.space, imageSpace: 'looks@1' };
const sent: QueryPart = { kind: 'TEXT', text: 'red shrit', weight: 2 };
const photo: QueryPart = { kind: 'IMAGE_ID', imageId: 'photo', weight: 1 };
const seen = { modality: 'IMAGE', space: 'looks@1', weight: 1, vector: Float32Array.of(0, 1) } as const;

async function vectorOf(text: string): Promise<Float32Array> {
  const [vector] = await words.encode([{ text, role: 'query' }]);
  if (vector instanceof Float32Array) return vector;
  throw new Error('a text was encoded');
}

/** What becomes of "red shrit" beside other parts, with an encoder that is a little different. */
async function asMeant(
  others: readonly QueryPart[] = [],
  encoder: Partial<TextEncoder> = {},
  picture: EncodedPart = seen,
) {
  const text = { modality: 'TEXT', space: words.space, weight: 2, vector: await vectorOf('red shrit') } as const;
  const encoding: QueryEncoding = { parts: [text, picture], tilt: {} };
  const request = { kind: 'SEARCH', parts: [sent, ...others] } as unknown as SearchQuery;
  let closed = 0;
  const close = (): Promise<void> => {
    closed++;
    return Promise.resolve();
  };
  const mine = { ...together({ ...words, ...encoder }, hashingPictureEncoder()), close };
  const encoders = { of: () => Promise.resolve(mine) };
  const standIns = new Map([['shrit', ['shirt']]]);
  const made = await encodeAsMeant({ request, encoding, standIns, meant: 'red shirt' }, { head, encoders });
  return { made, closed };
}

describe('a misspelt search', () => {
  it('means what its words mean as they are spelt, and its picture what it meant before', async () => {
    const { made, closed } = await asMeant([photo]);
    if (!made || !('request' in made)) throw new Error('the words were mended');
    expect(made.request.parts).toEqual([{ ...sent, text: 'red shirt' }, photo]);
    const mended = { modality: 'TEXT', space: words.space, weight: 2, vector: await vectorOf('red shirt') };
    expect(made.encoding.parts).toEqual([mended, seen]);
    expect(closed).toBe(1);
  });

  it('means what was sent where the model knows the word and what stands in for it means something else', async () => {
    const asked: string[] = [];
    const knows = (word: string): boolean => asked.push(word) > 0;
    expect(await asMeant([], { knows })).toEqual({ made: { literal: ['shrit'] }, closed: 1 });
    expect(asked).toEqual(['shrit']);
    expect((await asMeant([], { knows: () => false })).made).toHaveProperty('encoding');
    const encode: TextEncoder['encode'] = (inputs) => Promise.resolve(inputs.map(() => Float32Array.of(0.6, 0.8)));
    expect((await asMeant([], { knows, encode })).made).toHaveProperty('encoding');
  });

  it('says of the signals what its words say as they are spelt', async () => {
    const { made } = await asMeant([photo]);
    expect(made).toMatchObject({ encoding: { tilt: queryTilt([{ ...sent, text: 'red shirt' }, photo]) } });
  });

  it('keeps the picture where words and pictures share a space', async () => {
    const shared = { ...seen, space: words.space };
    const { made } = await asMeant([photo], {}, shared);
    expect(made).toMatchObject({ encoding: { parts: [{ modality: 'TEXT' }, shared] } });
  });

  it('means what was sent where the mended words cannot be told from others', async () => {
    expect((await asMeant([{ ...sent, text: 'dress' }])).made).toBeUndefined();
  });

  it('is waited for as long as the request has time', async () => {
    const slow: Partial<TextEncoder> = { encode: (inputs) => sleep(600).then(() => words.encode(inputs)) };
    const { made } = await underDeadline(deadlineIn(60_000), () => asMeant([], slow));
    expect(made).toHaveProperty('encoding');
  });

  it('says so where the mended words cannot be encoded, or not in time', async () => {
    const failing: Partial<TextEncoder> = { encode: () => Promise.reject(new Error('no thread is left')) };
    const hanging: Partial<TextEncoder> = { encode: () => new Promise(() => undefined) };
    const lost = { lost: { code: 'WORDS_NOT_MENDED' } };
    expect((await asMeant([], failing)).made).toMatchObject(lost);
    expect((await underDeadline(deadlineIn(50), () => asMeant([], hanging))).made).toMatchObject(lost);
  });
});
