/**
 * Writes made-up items straight into the index of a data folder, as `medley index` would after encoding and fitting. A process of
 * its own, so that the one that measures has not the memory of having written. With MEDLEY_INDEX=elasticsearch into the cluster.
 *
 *     npx node test/bench/write-catalogue.ts FOLDER ITEMS
 */
import { join } from 'node:path';
import { openOnnxTextEncoder } from '../../src/inference/onnx-text-encoder.ts';
import { readManifest } from '../../src/inference/manifest.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { dot } from '../../src/vocabulary/vector.ts';
import { calibrateRoute, ROUTES } from '../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import type { Calibration } from '../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import { Fitting } from '../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import { environment } from '../../src/runtime/environment.ts';
import { retrievalConfig } from '../../subgraphs/retrieval/config.ts';
import { openElasticsearchIndex } from '../../subgraphs/retrieval/index/elasticsearch/elasticsearch-item-index.ts';
import type { GenerationHead } from '../../subgraphs/retrieval/index/item-index.ts';
import { openLanceIndex } from '../../subgraphs/retrieval/index/lancedb/lancedb-item-index.ts';
import { clustersOf, FIELDS, LOOKS_DIMS, madeUpRows, SUBJECTS } from './made-up-items.ts';
import type { Clusters } from './made-up-items.ts';

const [folder = '', items = '0'] = process.argv.slice(2);
await writeCatalogue(join(folder, 'index'), Number(items));

async function writeCatalogue(index: string, count: number): Promise<void> {
  const { models, elasticsearch } = retrievalConfig(environment());
  const textSpace = (await readManifest(models.text)).space;
  const imageSpace = (await readManifest(models.picture)).space;
  const clusters = clustersOf(await encodeSubjects(models.text));
  const opening = elasticsearch
    ? openElasticsearchIndex({ ...elasticsearch, patience: 600_000 })
    : openLanceIndex(index);
  const { writer } = await opening;
  const build = await writer.build(madeUpHead({ textSpace, imageSpace }, clusters));
  for (let from = 0; from < count; from += 2000)
    await build.write(madeUpRows(clusters, from, Math.min(count, from + 2000)));
  await build.publish();
  await writer.close();
}

async function encodeSubjects(model: string): Promise<readonly Vector[]> {
  const encoder = await openOnnxTextEncoder(model);
  const vectors = await encoder.encode(SUBJECTS.map((text) => ({ text, role: 'item' as const })));
  await encoder.close();
  return vectors.filter((vector) => vector instanceof Float32Array);
}

function madeUpHead(spaces: Pick<GenerationHead, 'textSpace' | 'imageSpace'>, clusters: Clusters): GenerationHead {
  const fitting = new Fitting({
    ...spaces,
    calibration: calibrationOf(clusters),
    outcome: { kind: 'identity', reason: 'made up' },
    bridge: { map: 'identity', textCentre: clusters.textCentre },
  });
  const text = clusters.textCentre.length;
  return {
    id: '20260101T000000000Z-000000',
    createdAt: '2026-01-01T00:00:00.000Z',
    catalogue: 'made-up',
    ...spaces,
    dims: { text, bridged: text, looks: LOOKS_DIMS },
    fields: FIELDS,
    fitting: fitting.toBytes(),
  };
}

function calibrationOf(clusters: Clusters): Calibration {
  const vectors = madeUpRows(clusters, 0, 300).flatMap(({ vectors: { text } }) => (text ? [text] : []));
  const middles = clusters.text;
  const matching = vectors.map((vector) => Math.max(...middles.map((middle) => dot(vector, middle))));
  const random = vectors.map((vector, i) => dot(vector, middles[i % middles.length] ?? vector));
  const route = calibrateRoute({ matching, random });
  return {
    routes: Object.fromEntries(ROUTES.map((name) => [name, route])) as Calibration['routes'],
    lexicalK: 0.5,
  };
}
