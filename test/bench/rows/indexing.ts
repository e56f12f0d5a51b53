import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { EncodingFailure } from '../../../src/inference/encoder.ts';
import { openEncoders } from '../../../src/inference/open-encoders.ts';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { encodeCatalogue } from '../../../subgraphs/retrieval/catalogue/encoding/encode-catalogue.ts';
import { encodingsOf } from '../../../subgraphs/retrieval/catalogue/encoding/encode-items.ts';
import type { EncodedItem } from '../../../subgraphs/retrieval/catalogue/encoding/encode-items.ts';
import type { EncodingStore } from '../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { itemTexts } from '../../../subgraphs/retrieval/catalogue/encoding/item-text.ts';
import { retrievalConfig } from '../../../subgraphs/retrieval/config.ts';
import { openLanceEncodingStore } from '../../../subgraphs/retrieval/index/lancedb/lancedb-encoding-store.ts';
import { drawDemoItems, writeDemoShop } from '../demo-inputs.ts';
import { asRate } from '../finding.ts';
import type { Row } from '../finding.ts';
import { paired } from '../paired.ts';

/** A catalogue from its files to durable vectors, against the encoders alone over the same texts and pictures. */
export const indexing: Row = async ({ quick, folder, say }) => {
  const drawn = await drawDemoItems(quick ? 16 : 256);
  const catalogue = await readCatalogue(await writeDemoShop(folder, drawn));
  const encoders = await openEncoders(retrievalConfig({}).models);
  const index = async (turn: number): Promise<Indexed> => {
    const encodings = await openLanceEncodingStore(join(folder, `encodings-${turn}`));
    return { encodings, items: await encodeCatalogue(catalogue, { encoders, encodings }) };
  };
  try {
    const { items, encodings } = await index(-1);
    await encodings.close();
    say(`${items.length} items are drawn`);
    const pictures = drawn.map(({ picture }) => picture);
    const pair = {
      medley: index,
      beside: () => encodeAlone(items, pictures, encoders),
      check: (indexed: Indexed, alone: Alone) => checkIndexed(indexed, alone, encoders),
    };
    const measured = await paired(pair, { turns: quick ? 1 : 9, warmUp: 1 });
    const told = {
      what: 'items indexed, until their vectors are durable',
      beside: 'their encoders alone',
      means: 'Reading, checking, encoding two texts and a picture each, and keeping the vectors, against encoding.',
    };
    return [asRate(measured, { ...told, items: items.length }, { atLeast: 0.85 })];
  } finally {
    await encoders.close();
  }
};

interface Indexed {
  readonly encodings: EncodingStore;
  readonly items: readonly EncodedItem[];
}

interface Alone {
  /** By the text. */
  readonly texts: ReadonlyMap<string, Vector>;
  /** In the order of the items. */
  readonly pictures: readonly (Vector | EncodingFailure)[];
}

async function encodeAlone(
  items: readonly EncodedItem[],
  pictures: readonly Uint8Array[],
  encoders: Encoders,
): Promise<Alone> {
  const texts = [...new Set(items.flatMap(({ item }) => Object.values(itemTexts(item)) as string[]))];
  const [words, looks] = await Promise.all([
    encoders.text.encode(texts.map((text) => ({ text, role: 'item' }))),
    encoders.picture.encode(pictures),
  ]);
  const entries = texts.flatMap((text, i) => {
    const vector = words[i];
    return vector instanceof Float32Array ? [[text, vector] as const] : [];
  });
  return { texts: new Map(entries), pictures: looks };
}

/** Every item has exactly the vectors that the encoders give alone. */
async function checkIndexed(
  { encodings, items }: Indexed,
  { texts, pictures }: Alone,
  encoders: Encoders,
): Promise<void> {
  const keys = items.map((item) => item.keys);
  const stored = await encodingsOf(keys, { encoders, encodings });
  await encodings.close();
  assert.equal(stored.length, pictures.length);
  stored.forEach((own, i) => {
    const { title, whole = '' } = itemTexts(items[i]?.item ?? assert.fail());
    assert.deepEqual(own?.title, texts.get(title));
    assert.deepEqual(own?.whole, texts.get(whole));
    assert.deepEqual(own?.features, pictures[i]);
  });
}
