import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { head } from '../../../../../src/inference/head.ts';
import type { Item } from '../../../../../src/vocabulary/item.ts';
import { dot, unit } from '../../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../../src/vocabulary/vector.ts';
import { adoptBridge } from '../../../../../subgraphs/retrieval/catalogue/training/adopt-bridge.ts';
import { carriedDims, carryOver, centred } from '../../../../../subgraphs/retrieval/catalogue/fitting/bridge.ts';
import { order } from '../../../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { DrawnSample } from '../../../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { fit } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import { Fitting } from '../../../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import { LinearMap } from '../../../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { pack } from '../../../../../subgraphs/retrieval/catalogue/fitting/packed.ts';
import { WordVectors } from '../../../../../subgraphs/retrieval/catalogue/fitting/word-vectors.ts';
import { openBridge, TRAINED_BRIDGE } from '../../../../../subgraphs/retrieval/catalogue/training/trained-bridge.ts';
import type { TrainedBridge } from '../../../../../subgraphs/retrieval/catalogue/training/trained-bridge.ts';
import { keepTrained, readTrained } from '../../../../../subgraphs/retrieval/catalogue/training/trained-folder.ts';
import { linearHead } from '../../../../support/linear-head.ts';
import { normal, seeded } from '../../../../support/random.ts';

const [TEXT, PICTURE, ITEMS] = [8, 400, 600];
const random = seeded(3);
const gaussian = (dims: number): Vector => Float32Array.from({ length: dims }, () => normal(random));

/** What pictures show of a title: too many dimensions for so few pairs, so a closed form cannot learn it well. */
const SHOWS = Array.from({ length: PICTURE }, () => gaussian(TEXT));

function drawn(): DrawnSample {
  const ids = Array.from({ length: ITEMS }, (_, i) => `i${i}`).sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const made = ids.map((id) => {
    const title = unit(gaussian(TEXT));
    const features = Float32Array.from(SHOWS, (row) => dot(row, title) + 5 * normal(random));
    return { id, says: { title: id }, title, features, queries: [] };
  });
  const item = (id: string) => ({ id, title: id, category: [], attributes: {}, images: [] }) as unknown as Item;
  return {
    items: made.map(({ id }) => ({ item: item(id), keys: { title: id, pictures: [] }, failures: [] })),
    sample: {
      textSpace: 'words@1',
      imageSpace: 'pictures@1',
      blocks: [{ name: 'backbone', offset: 0, dims: PICTURE, treatment: 'unit', scale: 1 }],
      items: made,
    },
  };
}

/** The transpose of what pictures show, turned, with texts turned alike: `knows` is the share that is not noise. */
function trained({ knows = 1, from = 'f' } = {}): TrainedBridge {
  const turned = Array.from({ length: TEXT }, (_, i) => (i + 3) % TEXT);
  const rows = turned.map((from3) =>
    Float32Array.from(SHOWS, (row) => knows * (row[from3] ?? 0) + (1 - knows) * normal(random)),
  );
  const textMap = new LinearMap(turned.map((at) => Float32Array.from({ length: TEXT }, (_, i) => (i === at ? 1 : 0))));
  return { textSpace: 'words@1', imageSpace: 'pictures@1', from, pairs: 300, head: head(linearHead(rows)), textMap };
}

describe('a bridge that was trained beside the build', () => {
  let sample: DrawnSample;
  let closed: Fitting;
  beforeAll(() => {
    sample = drawn();
    closed = fit(sample.sample);
  });

  it('is taken where it finds more of the pairs that neither has seen, and the outcome tells both figures', async () => {
    const { outcome, calibration } = await adoptBridge(closed, trained(), sample);
    expect(outcome.kind).toBe('trained');
    expect(outcome.quality?.recallAt10).toBeGreaterThan(closed.outcome.quality?.recallAt10 ?? 1);
    expect(outcome.reason).toContain((closed.outcome.quality?.recallAt10 ?? 1).toFixed(3));
    expect(calibration.routes['words->picture']).not.toEqual(closed.calibration.routes['words->picture']);
    expect(calibration.routes['words->text']).toEqual(closed.calibration.routes['words->text']);
  });

  it.each([
    ['finds less', { knows: 0 }, 'was left off'],
    ['has seen pairs that this build holds out', { from: '0' }, 'train it again'],
  ])('is left off where it %s, and the outcome says so', async (_, kind, said) => {
    const fitting = await adoptBridge(closed, trained(kind), sample);
    expect(fitting.outcome.kind).toBe('fitted');
    expect(fitting.outcome.reason).toContain(said);
    const [item] = sample.sample.items;
    expect(await fitting.columnsOf([item?.features ?? gaussian(PICTURE)])).toEqual(
      await closed.columnsOf([item?.features ?? gaussian(PICTURE)]),
    );
  });

  it('is left off where it was trained on vectors of other models', async () => {
    const { outcome } = await adoptBridge(closed, { ...trained(), textSpace: 'words@2' }, sample);
    expect(outcome.reason).toContain('other models');
  });

  it('carries pictures to words and back, also after its generation was kept and opened again', async () => {
    const kept = Fitting.fromBytes((await adoptBridge(closed, trained(), sample)).toBytes());
    expect(kept.dims.bridged).toBe(TEXT);
    for (const { title, features } of sample.sample.items.slice(0, 20)) {
      const [asked, carried] = [kept.centreQuery(title), await kept.bridgedOf(features ?? gaussian(PICTURE))];
      const back = await kept.bridgeQueryPicture(features ?? gaussian(PICTURE));
      expect(dot(asked ?? gaussian(TEXT), carried ?? gaussian(TEXT))).toBeGreaterThan(0.5);
      expect(dot(title, back ?? gaussian(TEXT))).toBeGreaterThan(0.5);
    }
  });

  it('puts a photo that is near to every text behind one that is near to the asked one', async () => {
    const { textCentre } = closed;
    if (!textCentre) throw new TypeError('no bridge was fitted');
    const rows = [0, 1, 2].map((at) => Float32Array.from({ length: 3 }, (_, i) => (i === at ? 1 : 0)));
    const textMap = new LinearMap(
      [0, 1].map((at) => Float32Array.from({ length: TEXT }, (_, i) => (i === at ? 1 : 0))),
    );
    const [map, plain] = [head(linearHead(rows)), head(linearHead(rows.slice(0, 2)))];
    const asked = Float32Array.from(textCentre, (value, i) => value + (i === 0 ? 1 : 0));
    const scores = async (hubWeight?: number) => {
      const bridge = { map: hubWeight === undefined ? plain : map, textMap, textCentre, hubWeight };
      const pictures = await carryOver(bridge, [Float32Array.of(0.95, 0.3, -0.6), Float32Array.of(0.9, 0.44, 0)]);
      const [hub = 0, other = 0] = pictures.map((picture) => dot(centred(bridge, asked), picture));
      return hub - other;
    };
    expect(await scores()).toBeGreaterThan(0);
    expect(await scores(0.5)).toBeLessThan(0);
    expect(carriedDims({ textMap, textCentre, hubWeight: 0.5 })).toBe(3);
    const kept = Fitting.fromBytes(closed.with({ bridge: { map, textMap, textCentre, hubWeight: 0.5 } }).toBytes());
    expect(kept.dims.bridged).toBe(3);
    expect(kept.centreQuery(asked)).toEqual(centred({ textMap, textCentre, hubWeight: 0.5 }, asked));
  });

  it('knows single words beside the vector that is of all of them, in either number, and does without those it does not know', () => {
    const { textCentre } = closed;
    if (!textCentre) throw new TypeError('no bridge was fitted');
    const words = new WordVectors(['navy', 'black'], Float32Array.of(0, 0.75, 0, -0.75));
    const textMap = new LinearMap(
      [0, 1].map((at) => Float32Array.from({ length: TEXT }, (_, i) => (i === at ? 1 : 0))),
    );
    const bridge = { map: head(linearHead([textCentre])), textMap, textCentre, words };
    const kept = Fitting.fromBytes(closed.with({ bridge }).toBytes());
    const asked = Float32Array.from(textCentre, (value, i) => value + (i === 0 ? 4 : 0));
    const rounded = (said?: string) => [...(kept.centreQuery(asked, said) ?? [])].map((value) => value.toFixed(3));
    expect(rounded('Navy shirt')).toEqual(['0.800', '0.600']);
    expect(rounded('blacks')).toEqual(['0.800', '-0.600']);
    expect(rounded('black, navy')).toEqual(['1.000', '0.000']);
    expect(rounded('crimson')).toEqual(rounded());
    expect(rounded('')).toEqual(['1.000', '0.000']);
  });

  it('is kept as a whole, and refused where its files are not those that were kept', async () => {
    const place = await mkdtemp(join(tmpdir(), 'medley-bridge-'));
    const [folder, fresh] = [join(place, 'bridge'), await mkdtemp(join(tmpdir(), 'medley-fresh-'))];
    const read = () => readTrained(folder, TRAINED_BRIDGE, openBridge);
    expect(await read()).toBeUndefined();
    const { head: network, textMap, ...facts } = trained();
    await writeFile(join(fresh, 'picture.onnx'), network.model);
    const rows = Float32Array.from(textMap.rows.flatMap((row) => [...row]));
    await writeFile(join(fresh, 'text.bin'), pack({ dims: TEXT }, { rows }));
    const before = await openBridge(fresh, facts);
    expect(before.textMap.rows).toEqual(textMap.rows);
    expect(before.words).toBeUndefined();
    const words = gaussian(2 * TEXT);
    await writeFile(join(fresh, 'text.bin'), pack({ dims: TEXT, terms: ['mug', 'lamp'] }, { rows, words }));
    expect((await openBridge(fresh, facts)).words).toMatchObject({ terms: ['mug', 'lamp'], values: words });
    await keepTrained(folder, fresh, { facts, files: TRAINED_BRIDGE.files });
    expect(await read()).toMatchObject(facts);
    await writeFile(join(folder, 'picture.onnx'), (await readFile(join(folder, 'picture.onnx'))).subarray(1));
    await expect(read()).rejects.toMatchObject({ code: 'INVALID_CATALOGUE' });
    await rm(join(folder, 'manifest.json'));
    await mkdir(join(folder, 'manifest.json'));
    await expect(read()).rejects.toMatchObject({ code: 'INVALID_CATALOGUE', message: expect.stringMatching(/EISDIR/) });
  });
});
