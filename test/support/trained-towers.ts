import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TRAINED_COMPANIONS } from '../../subgraphs/retrieval/catalogue/training/trained-companions.ts';
import { keepTrained, trainedFolder } from '../../subgraphs/retrieval/catalogue/training/trained-folder.ts';
import { TRAINED_ITEM_VECTOR } from '../../subgraphs/retrieval/catalogue/training/trained-item-vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { linearHead } from './linear-head.ts';
import { hashingEncoders } from './shop.ts';
import type { Shop } from './shop.ts';

/** What a training of item vectors could make: the vector of all that an item says, found by words; photos find nothing. */
export function wholeTextTowers(): Readonly<Record<string, Uint8Array>> {
  const same = identity(hashingEncoders().text.dims);
  return {
    'item.onnx': linearHead(same, 'more'),
    'text.onnx': linearHead(same, 'query'),
    'picture.onnx': linearHead(same, 'query'),
  };
}

/** Keeps them for the corner shop as if they had been trained. */
export async function keepWholeTextVector(shop: Shop): Promise<void> {
  const models = wholeTextTowers();
  await keep(shop, { training: 'item-vector', models, files: TRAINED_ITEM_VECTOR.files, facts: { items: 60 } });
}

/** Keeps a tower of companions as if it had been trained: what is of one of these series goes together. */
export async function keepCompanionsOf(shop: Shop, series: readonly string[]): Promise<void> {
  const encoded = await hashingEncoders().text.encode(series.map((text) => ({ text, role: 'item' })));
  const rows = encoded.flatMap((vector) => (vector instanceof Float32Array ? [vector] : []));
  const models = { 'item.onnx': linearHead(rows, 'text') };
  await keep(shop, { training: 'companions', models, files: TRAINED_COMPANIONS.files, facts: { pairs: 300 } });
}

interface Kept {
  readonly training: string;
  readonly models: Readonly<Record<string, Uint8Array>>;
  readonly files: readonly string[];
  readonly facts: object;
}

/** As trained on nothing of this catalogue: all of its items are new to it. */
async function keep(shop: Shop, { training, models, files, facts }: Kept): Promise<void> {
  const { text, picture } = hashingEncoders();
  const fresh = join(shop.folder, `fresh-${training}`);
  await mkdir(fresh);
  for (const [name, model] of Object.entries(models)) await writeFile(join(fresh, name), model);
  const folder = trainedFolder(shop.dataFolder, 'corner', training);
  await mkdir(join(folder, '..'), { recursive: true });
  const all = { ...facts, textSpace: text.space, imageSpace: picture.space, from: '~' };
  await keepTrained(folder, fresh, { facts: all, files });
}

function identity(dims: number): readonly Vector[] {
  return Array.from({ length: dims }, (_, at) => Float32Array.from({ length: dims }, (__, i) => (i === at ? 1 : 0)));
}
