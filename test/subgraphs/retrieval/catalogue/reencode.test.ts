import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import { together } from '../../../../src/inference/open-encoders.ts';
import type { Encoders } from '../../../../src/inference/open-encoders.ts';
import { hashingEncoders } from '../../../support/shop.ts';
import { cornerItem, paint, writeCornerShop } from '../../../support/corner-shop.ts';
import type { Colour, Kind } from '../../../support/corner-shop.ts';
import { buildGeneration } from '../../../../subgraphs/retrieval/catalogue/build-generation.ts';
import { readCatalogue } from '../../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { memoryEncodingStore } from '../../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { liveWrites } from '../../../../subgraphs/retrieval/catalogue/live-writes.ts';
import { reencodeGeneration } from '../../../../subgraphs/retrieval/catalogue/reencode.ts';
import { refitLiveRows } from '../../../../subgraphs/retrieval/catalogue/refit.ts';
import { openMemoryIndex } from '../../../../subgraphs/retrieval/index/memory/memory-item-index.ts';
import { servingIndex } from '../../../../subgraphs/retrieval/serving-index.ts';

const ITEMS = 24;
const old = hashingEncoders();

/** The same words, seen the other way round, in a space of their own; counts what it is given. */
function otherEncoders(): { readonly encoders: Encoders; readonly encoded: string[] } {
  const encoded: string[] = [];
  const encode: Encoders['text']['encode'] = async (inputs) => {
    encoded.push(...inputs.map(({ text }) => text));
    const vectors = await old.text.encode(inputs);
    return vectors.map((vector) => (vector instanceof Float32Array ? vector.toReversed() : vector));
  };
  return { encoders: together({ ...old.text, space: 'another@1', encode }, old.picture), encoded };
}

/** What a picture of the corner shop looks like, by the address that its items show it at. */
async function fetchPicture(url: string): Promise<Uint8Array> {
  const [kind = '', colour = ''] = basename(url, '.png').split('-');
  return paint(kind as Kind, colour as Colour);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medley-reencode-'));
  await writeCornerShop(folder, ITEMS);
});
afterAll(() => rm(folder, { recursive: true }));

async function served() {
  const memory = openMemoryIndex();
  const { writer } = memory;
  const [index, encodings] = [servingIndex(memory.index), memoryEncodingStore()];
  await buildGeneration(await readCatalogue(join(folder, 'catalogue.json')), { writer, encoders: old, encodings });
  const keepUpload = () => Promise.reject(new Error('nothing is uploaded'));
  const encodersOf = () => Promise.resolve(old);
  const writes = liveWrites({ index, writer, encodersOf, encodings, fetchPicture, keepUpload });
  return { index, writer, encodings, writes };
}

describe('what serves, encoded with another model', () => {
  it('has every item, those that were written live before and meanwhile, as the new model sees them', async () => {
    const { index, writer, encodings, writes } = await served();
    await writes.upsert([{ id: 'early', title: 'zephyr kettle' }]);
    const { encoders } = otherEncoders();
    const refit = refitLiveRows({ encoders, encodings, fetchPicture });
    const beforePublish = async () => {
      await writes.upsert([{ id: 'late', title: 'teal ocarina' }]);
      await writes.remove(['i005']);
    };
    const report = await reencodeGeneration(index, {
      writer,
      encoders,
      encodings,
      fetchPicture,
      refit,
      beforePublish,
    });
    expect(report).toMatchObject({ catalogue: 'corner', items: ITEMS + 1, rejectedPictures: 0 });
    expect(index.head()).toMatchObject({ textSpace: 'another@1', imageSpace: old.picture.space, items: ITEMS + 1 });
    const vectors = await index.vectors(['early', 'late', 'i005', 'i000']);
    const expected = await encoders.text.encode(
      ['zephyr kettle', 'teal ocarina'].map((text) => ({ text, role: 'item' as const })),
    );
    expect(vectors.slice(0, 2).map((row) => row?.text)).toEqual(expected);
    expect(vectors[2]).toBeUndefined();
    expect(vectors[3]?.looks).not.toBeNull();
  });

  it('is not encoded twice, where it was cut off before', async () => {
    const { index, writer, encodings } = await served();
    const { encoders, encoded } = otherEncoders();
    const cutOff = new AbortController();
    const ports = { writer, encoders, encodings, fetchPicture };
    const onProgress = () => {
      cutOff.abort(new Error('cut off'));
    };
    await expect(reencodeGeneration(index, { ...ports, onProgress, signal: cutOff.signal })).rejects.toThrow('cut off');
    const before = encoded.length;
    expect(before).toBeGreaterThanOrEqual(ITEMS);
    await reencodeGeneration(index, ports);
    const titles = new Set(Array.from({ length: ITEMS }, (_, n) => cornerItem(n).title));
    expect(encoded.slice(before).filter((text) => titles.has(text) && text.split(' ').length > 2)).toEqual([]);
  });

  it('is refused, and nothing changes, where the pictures are gone', async () => {
    const { index, writer, encodings } = await served();
    const { encoders } = otherEncoders();
    const generation = index.head()?.id;
    const gone = () => Promise.reject(new MedleyError('UNKNOWN_IMAGE', 'No picture is served under this path.'));
    const reencoding = reencodeGeneration(index, { writer, encoders, encodings, fetchPicture: gone });
    await expect(reencoding).rejects.toMatchObject({
      code: 'PUBLISH_REFUSED',
      message: expect.stringContaining('No picture is served'),
    });
    expect(index.head()?.id).toBe(generation);
  });
});
