import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openEncoders } from '../../src/inference/open-encoders.ts';
import { environment } from '../../src/runtime/environment.ts';
import { dot } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { fieldTypes, readCatalogue } from '../../subgraphs/retrieval/catalogue/catalogue-file.ts';
import type { Catalogue } from '../../subgraphs/retrieval/catalogue/catalogue-file.ts';
import { drawSample } from '../../subgraphs/retrieval/catalogue/draw-sample.ts';
import { encodeItems, encodingsOf } from '../../subgraphs/retrieval/catalogue/encode-items.ts';
import type { EncodedItem, EncodePorts } from '../../subgraphs/retrieval/catalogue/encode-items.ts';
import { fit } from '../../subgraphs/retrieval/catalogue/fit.ts';
import type { Fitting } from '../../subgraphs/retrieval/catalogue/fitting.ts';
import { mapItem } from '../../subgraphs/retrieval/catalogue/item-mapping.ts';
import type { MappedItem } from '../../subgraphs/retrieval/catalogue/item-mapping.ts';
import { isUnreadable, readItems } from '../../subgraphs/retrieval/catalogue/item-reader.ts';
import { pictureSource } from '../../subgraphs/retrieval/catalogue/picture-source.ts';
import { openLanceEncodingStore } from '../../subgraphs/retrieval/index/lancedb/lancedb-encoding-store.ts';

/**
 * Prints how well pictures and words find each other on real catalogues, with the models of models/:
 * `npx node test/relevance/bridge.ts [fashion|ikea|grocery]`. Encodings are kept under the system's temporary folder.
 */
const HELD_OUT: Readonly<Record<string, number | undefined>> = { fashion: 1500, ikea: 500 };

const DATA = resolve(environment()['MEDLEY_EVALUATION_DATA'] ?? '../shared/data');
const MODELS = { text: 'models/minilm-l6-v2', picture: 'models/efficientnet-lite0' };

async function measure(name: string): Promise<void> {
  const catalogue = relocated(await readCatalogue(`test/catalogues/${name}.json`));
  const encoders = await openEncoders(MODELS);
  const encodings = await openLanceEncodingStore(join(tmpdir(), 'medley-relevance', 'encodings'));
  const ports = { encoders, encodings, pictures: pictureSource({ folder: catalogue.images?.folder }) };
  const items = await encodeAll(await readAll(catalogue), ports);
  const { sample } = await drawSample(items, [], ports);
  const began = performance.now();
  const fitting = fit(sample, { heldOut: HELD_OUT[name] });
  console.log(`${name}: ${fitting.outcome.reason} Fitted in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  if (name === 'grocery') console.log(await photoRecall(items, fitting, ports));
  await encodings.close();
  await encoders.close();
}

function relocated({ items, images, ...rest }: Catalogue): Catalogue {
  const moved = (path: string) => path.replace(resolve('../shared/data'), DATA);
  return {
    ...rest,
    items: { ...items, file: moved(items.file) },
    images: images && { ...images, folder: images.folder && moved(images.folder) },
  };
}

async function readAll(catalogue: Catalogue): Promise<readonly MappedItem[]> {
  const mapped: MappedItem[] = [];
  for await (const { fields } of readItems(catalogue))
    if (!isUnreadable(fields)) mapped.push(mapItem(fields, catalogue, fieldTypes(catalogue)));
  return mapped;
}

async function encodeAll(mapped: readonly MappedItem[], ports: EncodePorts): Promise<readonly EncodedItem[]> {
  const encoded: EncodedItem[] = [];
  for (let at = 0; at < mapped.length; at += 256)
    encoded.push(...(await encodeItems(mapped.slice(at, at + 256), ports)));
  return encoded;
}

/** Shop photos against the products' own pictures, by looks. */
async function photoRecall(items: readonly EncodedItem[], fitting: Fitting, ports: EncodePorts): Promise<string> {
  const photos = readFileSync(join(DATA, 'grocery/photos.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly image: string; readonly productId: number });
  const bytes = await Promise.all(photos.map(({ image }) => readFile(join(DATA, 'grocery', image))));
  const queries = await ports.encoders.picture.encode(bytes);
  const own = await encodingsOf(
    items.map(({ keys }) => keys),
    ports,
  );
  const looks = own.map((encodings) => (encodings?.features ? fitting.looksOf(encodings.features) : null));
  const ranks = queries.map((query, i) => {
    const mine = items.findIndex(({ item }) => item.id === String(photos[i]?.productId));
    return query instanceof Float32Array ? rankOf(mine, looks, fitting.looksOf(query)) : Infinity;
  });
  const within = (count: number) => (ranks.filter((rank) => rank < count).length / ranks.length).toFixed(3);
  return `grocery: the product of a shop photo is first of ${items.length} for ${within(1)}, among five for ${within(5)}.`;
}

function rankOf(mine: number, looks: readonly (Vector | null)[], query: Vector | null): number {
  const cosines = looks.map((look) => (look && query ? dot(look, query) : -1));
  const cosine = cosines[mine] ?? -1;
  return cosines.filter((other) => other > cosine).length;
}

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : ['fashion', 'ikea', 'grocery']) {
  if (existsSync(join(DATA, name))) await measure(name);
  else
    console.log(
      `${name}: skipped, there is no evaluation data in ${DATA} (MEDLEY_EVALUATION_DATA names another place)`,
    );
}
