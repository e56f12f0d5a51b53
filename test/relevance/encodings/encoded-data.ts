import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import pMap from 'p-map';
import type { PictureInput, TextInput } from '../../../src/inference/encoder.ts';
import { openEncoders, together } from '../../../src/inference/open-encoders.ts';
import type { Encoders } from '../../../src/inference/open-encoders.ts';
import type { Environment } from '../../../src/runtime/environment.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { queryEmbeddingConfig } from '../../../subgraphs/query-embedding/config.ts';
import { fieldTypes, readCatalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { encodeItems, encodingsOf } from '../../../subgraphs/retrieval/catalogue/encoding/encode-items.ts';
import type { EncodedItem, ItemEncodings } from '../../../subgraphs/retrieval/catalogue/encoding/encode-items.ts';
import type { EncodingStore } from '../../../subgraphs/retrieval/catalogue/encoding/encoding-store.ts';
import { mapItem } from '../../../subgraphs/retrieval/catalogue/reading/item-mapping.ts';
import type { MappedItem } from '../../../subgraphs/retrieval/catalogue/reading/item-mapping.ts';
import { readItems } from '../../../subgraphs/retrieval/catalogue/reading/item-reader.ts';
import { pictureSource } from '../../../subgraphs/retrieval/catalogue/reading/picture-source.ts';
import { openLanceEncodingStore } from '../../../subgraphs/retrieval/index/lancedb/lancedb-encoding-store.ts';
import { encodingsFolder, evaluationFolder } from '../folders.ts';
import { storedEncoder } from './stored-encoder.ts';

/** An item of a catalogue, as its source has it and as the encoders see it. */
export interface EncodedRecord extends EncodedItem {
  /** The line of the source file. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The encoders' own vectors: texts of unit length, picture features not yet fitted to a catalogue. */
  readonly encodings: ItemEncodings;
}

/**
 * The evaluation data through the product's own reading and encoders. What was encoded once is kept in the cache folder, so a
 * second run starts in seconds and an interrupted one goes on.
 */
export interface EncodedData {
  /** Texts and pictures given to these are kept, too. */
  readonly encoders: Encoders;
  readonly encodings: EncodingStore;
  /** `test/catalogues/NAME.json`, with its files in the evaluation folder. */
  catalogue(name: string): Promise<Catalogue>;
  /** In the order of the source; lines that are no items are left out. */
  records(catalogue: Catalogue): Promise<readonly EncodedRecord[]>;
  /** Queries as unit vectors, in order. */
  queries(texts: readonly string[]): Promise<readonly Vector[]>;
  /** Picture features of files, in order; null for what is no picture. */
  pictures(files: readonly string[]): Promise<readonly (Vector | null)[]>;
  close(): Promise<void>;
}

const BATCH = 256;

export async function openEncodedData(env: Environment, say: (line: string) => void): Promise<EncodedData> {
  const { models, workers } = queryEmbeddingConfig(env);
  const opened = await openEncoders({ ...models, workers });
  const encodings = await openLanceEncodingStore(encodingsFolder(env));
  const tell = (what: string) => (done: number, total: number) => {
    if (total > BATCH && (done % 1024 === 0 || done === total)) say(`encoding ${what}: ${done} of ${total}`);
  };
  const encoders = together(
    storedEncoder(opened.text, { encodings, key: textKey, onProgress: tell('queries') }),
    storedEncoder(opened.picture, { encodings, key: pictureKey, onProgress: tell('photos') }),
  );
  return {
    encoders,
    encodings,
    catalogue: async (name) => relocated(await readCatalogue(`test/catalogues/${name}.json`), evaluationFolder(env)),
    records: (catalogue) => readRecords(catalogue, { encoders: opened, encodings, say }),
    queries: async (texts) => {
      const vectors = await encoders.text.encode(texts.map((text) => ({ text, role: 'query' })));
      return vectors.map((vector) => (vector instanceof Float32Array ? vector : new Float32Array(opened.text.dims)));
    },
    pictures: async (files) => {
      const bytes = await pMap(files, (file) => readFile(file), { concurrency: 8 });
      const vectors = await encoders.picture.encode(bytes);
      return vectors.map((vector) => (vector instanceof Float32Array ? vector : null));
    },
    close: async () => {
      await encodings.close();
      await encoders.close();
    },
  };
}

function relocated({ items, images, ...rest }: Catalogue, folder: string): Catalogue {
  const moved = (path: string) => path.replace(resolve('../shared/data'), folder);
  return {
    ...rest,
    items: { ...items, file: moved(items.file) },
    images: images && { ...images, folder: images.folder && moved(images.folder) },
  };
}

interface ReadPorts {
  readonly encoders: Encoders;
  readonly encodings: EncodingStore;
  readonly say: (line: string) => void;
}

async function readRecords(
  catalogue: Catalogue,
  { encoders, encodings, say }: ReadPorts,
): Promise<readonly EncodedRecord[]> {
  const ports = { encoders, encodings, pictures: pictureSource({ folder: catalogue.images?.folder }) };
  const lines = await readLines(catalogue);
  const records: EncodedRecord[] = [];
  let told = Date.now();
  for (let at = 0; at < lines.length; at += BATCH) {
    const batch = lines.slice(at, at + BATCH);
    const items = await encodeItems(
      batch.map(({ mapped }) => mapped),
      ports,
    );
    const vectors = await encodingsOf(
      items.map(({ keys }) => keys),
      ports,
    );
    for (const [i, item] of items.entries()) {
      const [line, own] = [batch[i], vectors[i]];
      if (line && own) records.push({ ...item, fields: line.fields, encodings: own });
    }
    if (Date.now() - told < 5000) continue;
    say(`${catalogue.name}: ${records.length} of ${lines.length} items encoded`);
    told = Date.now();
  }
  return records;
}

interface SourceLine {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly mapped: MappedItem;
}

async function readLines(catalogue: Catalogue): Promise<readonly SourceLine[]> {
  const lines: SourceLine[] = [];
  for await (const record of readItems(catalogue)) {
    if ('problem' in record) continue;
    const { fields } = record;
    lines.push({ fields, mapped: mapItem(fields, catalogue, fieldTypes(catalogue)) });
  }
  return lines;
}

function textKey({ text, role }: TextInput): string {
  return createHash('sha256').update(`asked\0${role}\0${text}`).digest('base64url');
}

function pictureKey(bytes: PictureInput): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
