import { describe, expect, it } from '@jest/globals';
import { hashingPictureEncoder, hashingTextEncoder } from '../../../../src/inference/hashing-encoder.ts';
import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import { encodeItems } from '../../../../subgraphs/retrieval/catalogue/encoding/encode-items.ts';
import { memoryEncodingStore } from '../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { EncodingsUnderWay } from '../../../../subgraphs/retrieval/catalogue/encoding/encodings-under-way.ts';
import { checkItem } from '../../../../subgraphs/retrieval/catalogue/reading/item-check.ts';

const items = ['Red dress', 'Blue lamp'].map((title, i) => ({
  item: checkItem({ id: `i${i}`, title }, {}),
  pictures: [],
}));

/** Encodes when it is told to, and remembers what it was asked. */
function patientEncoder() {
  const asked: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const encoder = hashingTextEncoder();
  const encode: TextEncoder['encode'] = async (inputs) => {
    asked.push(...inputs.map(({ text }) => text));
    await gate.promise;
    return encoder.encode(inputs);
  };
  return { asked, gate, text: { ...encoder, encode } };
}

function ports(text: TextEncoder) {
  return {
    encoders: { text, picture: hashingPictureEncoder() },
    encodings: memoryEncodingStore(),
    pictures: () => Promise.reject(new Error('no pictures')),
    underWay: new EncodingsUnderWay(),
  };
}

describe('items that are written again while they are still encoded', () => {
  it('are encoded once, and all who wrote them hear when it is done', async () => {
    const { asked, gate, text } = patientEncoder();
    const to = ports(text);
    const more = { item: checkItem({ id: 'i9', title: 'Green chair' }, {}), pictures: [] };
    const written = [encodeItems(items, to), encodeItems(items, to), encodeItems([...items, more], to)];
    gate.resolve(undefined);
    const keys = (await Promise.all(written)).map((some) => some.map((one) => one.keys.title));
    expect(asked.toSorted()).toEqual(['Blue lamp', 'Green chair', 'Red dress']);
    const known = await to.encodings.get(text.space, keys.flat());
    expect(known.size).toBe(3);
  });

  it('are encoded anew after they could not be', async () => {
    const { asked, gate, text } = patientEncoder();
    const to = ports(text);
    const both = [encodeItems(items, to), encodeItems(items, to)];
    gate.reject(new Error('out of memory'));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(encodeItems(items, to)).rejects.toThrow('out of memory');
    expect(asked).toHaveLength(4);
  });
});
