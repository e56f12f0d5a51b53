import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { EncodingFailure } from '../../../src/inference/encoder.ts';
import type { TextEncoder } from '../../../src/inference/encoder.ts';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../src/inference/hashing-encoder.ts';
import { together } from '../../../src/inference/open-encoders.ts';
import { underDeadline } from '../../../src/runtime/current-deadline.ts';
import { deadlineIn } from '../../../src/vocabulary/deadline.ts';
import type { EncodedPart } from '../../../src/vocabulary/encoding.ts';
import { queryTilt } from '../../../src/vocabulary/query-tilt.ts';
import type { QueryPart } from '../../../src/vocabulary/search-request.ts';
import { encodeSynonyms } from '../../../subgraphs/retrieval/encode-synonyms.ts';
import { synonymRules } from '../../../subgraphs/retrieval/index/synonym-rules.ts';
import { Synonyms } from '../../../subgraphs/retrieval/index/synonyms.ts';

const words = hashingTextEncoder();
const head = { textSpace: words.space, imageSpace: 'looks@1' };
const rules = new Synonyms(synonymRules('kicks => sneakers\nrouge => red'));
const photo: QueryPart = { kind: 'IMAGE_ID', imageId: 'photo', weight: 1 };
const seen = { modality: 'IMAGE', space: 'looks@1', weight: 1, vector: Float32Array.of(0, 1) } as const;
const earlier = { modality: 'TEXT', space: 'words@0', weight: 1, vector: Float32Array.of(1, 0) } as const;

const vectorOf = (): Float32Array => Float32Array.of(1, 0);

function said(text: string, weight = 1): QueryPart {
  return { kind: 'TEXT', text, weight };
}

async function encoded(text: string, weight = 1): Promise<EncodedPart> {
  const [vector] = await words.encode([{ text, role: 'query' }]);
  if (vector instanceof Float32Array) return { modality: 'TEXT', space: words.space, weight, vector };
  throw new Error('a text was encoded');
}

/** What becomes of a query, with an encoder that is a little different, and what the encoder was asked for. */
async function meaning(parts: readonly QueryPart[], sent: readonly EncodedPart[], encoder: Partial<TextEncoder> = {}) {
  const asked: string[] = [];
  const encode: TextEncoder['encode'] = (inputs) => {
    asked.push(...inputs.map(({ text }) => text));
    return (encoder.encode ?? words.encode)(inputs);
  };
  const mine = together({ ...words, encode }, hashingPictureEncoder());
  let lent = 0;
  const close = (): Promise<void> => {
    lent--;
    return mine.close();
  };
  const of = () => {
    lent++;
    return Promise.resolve({ ...mine, close });
  };
  const query = { request: { parts }, encoding: { parts: sent, tilt: { IMAGE: 0.5 } } };
  const made = await encodeSynonyms(query, rules, { head, encoders: { of } });
  return { ...made, asked, lent };
}

describe('what a query means', () => {
  it('is what the shop says that its words mean, liked or not, beside a picture', async () => {
    const parts = [said('blue kicks'), photo, said('  '), said('dress'), said('rouge', -1)];
    const sent = [await encoded('blue kicks'), earlier, seen, await encoded('dress'), await encoded('rouge', -1)];
    const { encoding, degradations, asked } = await meaning(parts, sent);
    expect(asked).toEqual(['blue sneakers', 'red']);
    expect(degradations).toEqual([]);
    expect(encoding.parts).toEqual([
      { ...(await encoded('blue sneakers')), text: 'blue sneakers' },
      ...sent.slice(1, 4),
      { ...(await encoded('red', -1)), text: 'red' },
    ]);
  });

  it('says of the signals what the words say that are meant', async () => {
    const { encoding } = await meaning([said('rouge kicks')], [await encoded('rouge kicks')]);
    expect(encoding.tilt).toEqual(queryTilt([said('red sneakers')]));
    expect(encoding.tilt).not.toEqual(queryTilt([said('rouge kicks')]));
  });

  it('is what was sent where no rule is about it, and nothing is encoded anew', async () => {
    const sent = [await encoded('blue shoes')];
    expect(await meaning([said('blue shoes')], sent)).toMatchObject({ encoding: { parts: sent }, asked: [] });
  });

  it('is what was sent where it cannot be told which vector is of which words', async () => {
    const sent = [await encoded('blue kicks')];
    const made = await meaning([said('blue kicks'), said('dress')], sent);
    expect(made).toMatchObject({ encoding: { parts: sent }, degradations: [], asked: [] });
    expect(made.encoding.tilt).toEqual({ IMAGE: 0.5 });
  });

  it.each<[string, TextEncoder['encode']]>([
    ['fails', () => Promise.reject(new Error('no thread is left'))],
    ['refuses it', (inputs) => Promise.resolve(inputs.map(() => new EncodingFailure('INTERNAL', 'it is no text')))],
    ['is late', (inputs) => sleep(10_000, inputs.map(vectorOf), { ref: false })],
  ])('is what was sent, and is said to be, where the encoder %s', async (_, encode) => {
    const sent = [await encoded('blue kicks')];
    const ask = () => meaning([said('blue kicks')], sent, { encode });
    const { encoding, degradations } = await underDeadline(deadlineIn(100), ask);
    expect(encoding.parts).toEqual(sent);
    expect(degradations).toMatchObject([{ code: 'SYNONYMS_NOT_ENCODED' }]);
  });

  it('leaves no encoder lent', async () => {
    const { asked, lent } = await meaning([said('kicks')], [await encoded('kicks')]);
    expect([asked, lent]).toEqual([['sneakers'], 0]);
  });
});
