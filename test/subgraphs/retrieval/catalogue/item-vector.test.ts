import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import type { Head, HeadInputs } from '../../../../src/inference/head.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { adoptItemVector } from '../../../../subgraphs/retrieval/catalogue/training/adopt-item-vector.ts';
import { order } from '../../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { DrawnSample } from '../../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { fit } from '../../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import { Fitting } from '../../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import { itemVectorInput } from '../../../../subgraphs/retrieval/catalogue/training/item-vector-input.ts';
import { pack, unpack } from '../../../../subgraphs/retrieval/catalogue/fitting/packed.ts';
import { Towers } from '../../../../subgraphs/retrieval/catalogue/fitting/towers.ts';
import type { TrainedItemVector } from '../../../../subgraphs/retrieval/catalogue/training/trained-item-vector.ts';
import { linearHead } from '../../../support/linear-head.ts';
import { normal, seeded } from '../../../support/random.ts';

/** Titles tell what a thing is, pictures its colour; nobody finds a red lamp by one of them alone. */
const KINDS = ['mug', 'lamp', 'rug', 'bag', 'chair', 'vase', 'coat', 'tent'];
const COLOURS = ['red', 'blue', 'green', 'pink', 'grey', 'teal'];
const [DIMS, ITEMS] = [KINDS.length + COLOURS.length, 480];
const random = seeded(5);

const encode = (text: string): Vector =>
  unit(Float32Array.from([...KINDS, ...COLOURS], (word) => (text.includes(word) ? 1 : 0.01 * normal(random))));

const encoder: TextEncoder = {
  name: 'words',
  space: 'words@1',
  modality: 'TEXT',
  dims: DIMS,
  encode: (inputs) => Promise.resolve(inputs.map(({ text }) => encode(text))),
  close: () => Promise.resolve(),
};

function drawn(): DrawnSample {
  const ids = Array.from({ length: ITEMS }, (_, i) => `i${i}`).sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const made = ids.map((id) => {
    const number = Number(id.slice(1));
    const [kind = '', colour = ''] = [KINDS[number % KINDS.length], COLOURS[Math.floor(number / 8) % COLOURS.length]];
    const features = Float32Array.from(COLOURS, (each) => (each === colour ? 1 : 0) + 0.1 * normal(random));
    const own: Item = { id, title: kind, category: [], images: [], attributes: { kind, colour } };
    return { own, seen: { says: { title: '' }, title: encode(kind), features, queries: [] } };
  });
  return {
    items: made.map(({ own }) => ({ item: own, keys: { title: own.id, pictures: [] }, failures: [] })),
    sample: {
      textSpace: 'words@1',
      imageSpace: 'pictures@1',
      blocks: [{ name: 'backbone', offset: 0, dims: COLOURS.length, treatment: 'unit', scale: 1 }],
      items: made.map(({ seen }) => seen),
    },
  };
}

function stub(run: (inputs: HeadInputs, at: number) => Vector): Head {
  return {
    model: linearHead([new Float32Array(1)]),
    run: (inputs) => Promise.resolve((Object.values(inputs)[0] ?? []).map((_, at) => unit(run(inputs, at)))),
  };
}

const joined = (words: Vector | undefined, looks: Vector | undefined): Vector =>
  Float32Array.from([...(words ?? []).slice(0, KINDS.length), ...(looks ?? [])]);

/** What a training could learn: the kind from the title, the colour from the picture. */
function trained({ knowsPhotos = true, from = '~' } = {}): TrainedItemVector {
  const blank = new Float32Array(KINDS.length);
  return {
    textSpace: 'words@1',
    imageSpace: 'pictures@1',
    from,
    items: 400,
    tower: {
      item: stub(({ title, features }, at) => joined(title?.[at], features?.[at])),
      words: stub(({ query }, at) => query?.[at] ?? blank),
      picture: stub(({ query }, at) => joined(blank, query?.[at]).map((x) => (knowsPhotos ? x : -x))),
    },
  };
}

describe('an item vector that was trained beside the build', () => {
  let sample: DrawnSample;
  let closed: Fitting;
  beforeAll(() => {
    sample = drawn();
    closed = fit(sample.sample);
  });

  it('is taken where it finds more than text or pictures alone, with routes of its own', async () => {
    const fitting = await adoptItemVector(closed, trained(), { drawn: sample, encoder });
    expect(fitting.towerOutcomes).toEqual([expect.stringMatching(/^Item vector, trained on 400 items/)]);
    expect(fitting.dims.fused).toBe(DIMS);
    expect(await fitting.towers.words(encode('red lamp'))).not.toBeNull();
    const { routes } = fitting.calibration;
    expect(routes['words->item']).not.toEqual(closed.calibration.routes['words->item']);
    expect(routes['words->text']).toEqual(closed.calibration.routes['words->text']);
  });

  it('is taken for words alone where photos find more without it', async () => {
    const fitting = await adoptItemVector(closed, trained({ knowsPhotos: false }), { drawn: sample, encoder });
    expect(fitting.towerOutcomes[0]).toContain('for words alone');
    expect(await fitting.towers.picture(new Float32Array(COLOURS.length).fill(1))).toBeNull();
  });

  it.each([
    [
      'finds less',
      { tower: { ...trained().tower, item: stub(() => Float32Array.from({ length: DIMS }, () => normal(random))) } },
      'Recall@10',
    ],
    [
      'only repeats what text says',
      { tower: { ...trained().tower, item: stub(({ title }, at) => title?.[at] ?? new Float32Array(DIMS)) } },
      '0.000 [0.000, 0.000] more than text',
    ],
    ['has seen all that could judge it', { from: '0' }, 'train it again'],
    ['was trained on vectors of other models', { textSpace: 'words@2' }, 'other models'],
  ])('is left off where it %s, and the outcome says so', async (_, changes, said) => {
    const fitting = await adoptItemVector(closed, { ...trained(), ...changes }, { drawn: sample, encoder });
    expect(fitting.towerOutcomes[0]).toContain('was left off');
    expect(fitting.towerOutcomes[0]).toContain(said);
    expect(fitting.dims.fused).toBeUndefined();
  });

  it('teaches with what the catalogue says, and keeps back what judges it', async () => {
    const { bytes, facts } = await itemVectorInput(sample, { fitting: closed, encoder });
    const { facts: packed, arrays } = unpack(bytes);
    const { items, answers } = packed as { items: number; answers: { text: number[][]; picture: number[][] } };
    expect(items).toBe(facts.items);
    expect(sample.items.filter(({ item }) => order(item.id) < facts.from)).toHaveLength(ITEMS - items);
    expect(arrays.get('title')).toHaveLength(items * DIMS);
    expect(answers.text.length).toBeGreaterThan(20);
    expect(answers.picture.every((rows) => rows.length > 1)).toBe(true);
  });

  it('is taught by each picture of an item with several, and sees them so', async () => {
    const several = new Set(sample.items.slice(0, 100).map(({ item }) => item.id));
    const photos = [0.5, 2].map((bright) => new Float32Array(COLOURS.length).fill(bright));
    const photosOf = (ids: readonly string[]) =>
      Promise.resolve(new Map(ids.filter((id) => several.has(id)).map((id) => [id, photos])));
    const { bytes, facts } = await itemVectorInput({ ...sample, photosOf }, { fitting: closed, encoder });
    const { facts: packed, arrays } = unpack(bytes);
    const taught = sample.items.filter(({ item }) => several.has(item.id) && order(item.id) >= facts.from);
    expect(taught.length).toBeGreaterThan(20);
    expect(packed).toMatchObject({ several: taught.map((_, row) => row) });
    const alone = closed.standardised(photos).flatMap((photo) => [...photo]);
    const shown = [...alone, ...new Float32Array(2 * COLOURS.length)];
    expect([...(arrays.get('photos') ?? [])]).toEqual(taught.flatMap(() => shown));
    const seen: unknown[] = [];
    const item = stub((inputs, at) => {
      seen.push([...(inputs['photos']?.[at] ?? [])]);
      return new Float32Array(DIMS).fill(1);
    });
    const [own] = sample.sample.items;
    if (!own) throw new Error('no item was drawn');
    await closed
      .with({ towers: new Towers({ item: { dims: DIMS, item } }) })
      .trainedColumnsOf([{ ...own, photos }, own]);
    expect(seen).toEqual([shown, [...new Float32Array(4 * COLOURS.length)]]);
  });

  it('hears what viewers typed as often as all that is made up', async () => {
    const [text, typed] = ['red lamp', encode('red lamp')];
    const items = sample.sample.items.map((item, i) => ({
      ...item,
      queries: i % 40 === 0 ? [{ text, vector: typed }] : [],
    }));
    const logged = { ...sample, sample: { ...sample.sample, items } };
    const { arrays } = unpack((await itemVectorInput(logged, { fitting: closed, encoder })).bytes);
    const asked = arrays.get('text') ?? new Float32Array();
    const rows = Array.from({ length: asked.length / DIMS }, (_, row) => asked.subarray(row * DIMS, (row + 1) * DIMS));
    const heard = rows.filter((row) => row.every((x, i) => x === typed[i])).length;
    expect(heard / rows.length).toBeCloseTo(0.5, 1);
  });

  it('is missing, and no loss, in a generation from before there were any', () => {
    const { facts, arrays, blobs } = unpack(closed.toBytes());
    const { towers: _, calibration, ...before } = facts as { towers: unknown; calibration: Fitting['calibration'] };
    const known = Object.entries(calibration.routes).filter(
      ([route]) => !/^item->(?:item|companion)|->item$/.test(route),
    );
    expect(known).toHaveLength(6);
    const old = { ...before, calibration: { ...calibration, routes: Object.fromEntries(known) } };
    const opened = Fitting.fromBytes(pack(old, { ...Object.fromEntries(arrays), ...Object.fromEntries(blobs) }));
    expect(opened.dims).toEqual(closed.dims);
    expect(opened.towerOutcomes).toEqual([]);
    expect(opened.calibration).toEqual(closed.calibration);
  });
});
