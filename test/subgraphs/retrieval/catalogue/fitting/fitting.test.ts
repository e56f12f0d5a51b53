import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dot, norm, unit } from '../../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../../src/vocabulary/vector.ts';
import {
  calibrateRoute,
  lexicalK,
  normaliseCosine,
  ROUTES,
} from '../../../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import { fit } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit.ts';
import { fitInThread } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit-thread.ts';
import type { FitSample, SampleItem } from '../../../../../subgraphs/retrieval/catalogue/fitting/fit-sample.ts';
import { Fitting } from '../../../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';

const [TEXT, PICTURE] = [16, 40];
const BLOCKS = [
  { name: 'backbone', offset: 0, dims: 30, treatment: 'unit', scale: 16 },
  { name: 'colour', offset: 30, dims: 10, treatment: 'standardise', scale: 0.3, clip: 4 },
] as const;

/** Items whose pictures show what their titles say, or, unrelated, anything. */
function sampleOf(count: number, { related = true, pictured = true, space = 'pictures@1' } = {}): FitSample {
  let state = 17;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
  const vector = (dims: number): Vector => Float32Array.from({ length: dims }, next);
  const mix = Array.from({ length: PICTURE }, () => vector(TEXT));
  const items = Array.from({ length: count }, (): SampleItem => {
    const title = unit(vector(TEXT));
    const shown = related ? title : vector(TEXT);
    const features = mix.map((row) => dot(row, shown) + 0.1 * next());
    return { title, says: { title: '' }, queries: [], ...(pictured && { features: Float32Array.from(features) }) };
  });
  return { textSpace: 'words@1', imageSpace: space, blocks: BLOCKS, items };
}

describe('what is fitted to a catalogue', () => {
  it('lets titles find the pictures of items that the fit has never seen', () => {
    const { outcome } = fit(sampleOf(800));
    expect(outcome.kind).toBe('fitted');
    expect(outcome.quality?.heldOutPairs).toBe(80);
    expect(outcome.quality?.recallAt10).toBeGreaterThan(0.9);
    expect(outcome.reason).toContain('chance 0.125');
  });

  it('leaves a bridge of pictures that have nothing to do with their titles off, and says so', () => {
    const fitting = fit(sampleOf(800, { related: false }));
    expect(fitting.outcome.kind).toBe('left-off');
    expect(fitting.outcome.reason).toContain('no clear gain on chance');
    expect(fitting.dims.bridged).toBe(0);
    expect(fitting.centreQuery(new Float32Array(TEXT))).toBeNull();
  });

  it('fits no bridge to fewer than 300 pairs, says so, and still compares looks', async () => {
    const sample = sampleOf(299);
    const fitting = fit(sample);
    const [first] = sample.items;
    expect(fitting.outcome).toMatchObject({ kind: 'left-off', reason: expect.stringContaining('needs 300') });
    expect(await fitting.bridgedOf(first?.features ?? new Float32Array(PICTURE))).toBeNull();
    expect(norm(fitting.looksOf(first?.features ?? new Float32Array(PICTURE)) ?? new Float32Array(1))).toBeCloseTo(
      1,
      5,
    );
  });

  it('works for a catalogue without a single picture', () => {
    const fitting = fit(sampleOf(50, { pictured: false }));
    expect(fitting.dims).toEqual({ bridged: 0, looks: 0 });
    expect(fitting.looksOf(new Float32Array(PICTURE))).toBeNull();
    expect(fitting.outcome.reason).toContain('no item has a readable picture');
  });

  it('needs no bridge where one model encodes words and pictures', async () => {
    const shared = { ...sampleOf(50, { space: 'words@1' }), blocks: [{ ...BLOCKS[0], dims: TEXT, scale: 1 }] };
    const items = shared.items.map((item) => ({ ...item, features: item.title }));
    const fitting = fit({ ...shared, items });
    expect(fitting.outcome.kind).toBe('identity');
    expect(fitting.dims.bridged).toBe(TEXT);
    const [item] = items;
    const cosine = dot(
      fitting.centreQuery(item?.title ?? new Float32Array(TEXT)) ?? new Float32Array(TEXT),
      (await fitting.bridgedOf(item?.features ?? new Float32Array(TEXT))) ?? new Float32Array(TEXT),
    );
    expect(cosine).toBeGreaterThan(0.95);
  });

  it.each([
    ['with a bridge', sampleOf(400)],
    ['without one', sampleOf(40)],
    ['without pictures', sampleOf(40, { pictured: false })],
  ])('comes back from its bytes as it was, %s', async (_, sample) => {
    const fitting = fit(sample);
    const back = Fitting.fromBytes(fitting.toBytes());
    expect(back.toBytes()).toEqual(fitting.toBytes());
    expect([back.dims, back.outcome, back.calibration]).toEqual([fitting.dims, fitting.outcome, fitting.calibration]);
    const picture = Float32Array.from({ length: PICTURE }, (__, i) => Math.sin(i));
    expect(await back.columnsOf([picture])).toEqual(await fitting.columnsOf([picture]));
  });

  it('is the same in a thread of its own as in the calling one', async () => {
    const sample = sampleOf(320);
    expect((await fitInThread(sample)).toBytes()).toEqual(fit(sample).toBytes());
  });

  it('in a thread of its own is given up where the work is told to stop, before it and during it', async () => {
    const told = new Error('told to stop');
    await expect(fitInThread(sampleOf(320), {}, AbortSignal.abort(told))).rejects.toBe(told);
    const stopping = new AbortController();
    const fitting = fitInThread(sampleOf(320), {}, stopping.signal);
    stopping.abort(told);
    await expect(fitting).rejects.toBe(told);
  });
});

describe('calibrated scores', () => {
  it('grow with the cosine and stay between 0 and 1', () => {
    const cosine = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(cosine), fc.array(cosine), fc.tuple(cosine, cosine), (matching, random, pair) => {
        const calibration = calibrateRoute({ matching, random });
        const low = normaliseCosine(calibration, Math.min(...pair));
        const high = normaliseCosine(calibration, Math.max(...pair));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high);
        expect(calibration.imputed).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('put matching pairs high and random ones low on every route', () => {
    const { routes } = fit(sampleOf(800)).calibration;
    for (const route of ROUTES) {
      expect(routes[route].spread).toBeGreaterThan(0);
      expect(routes[route].imputed).toBeLessThan(0.4);
    }
  });

  it('let a route that hardly tells matching pairs from random ones move little', () => {
    const around = (middle: number) => Array.from({ length: 101 }, (_, i) => middle + (i - 50) / 250);
    const clear = calibrateRoute({ matching: around(0.8), random: around(0.1) });
    const vague = calibrateRoute({ matching: around(0.15), random: around(0.1) });
    const moved = (route: typeof clear) => normaliseCosine(route, 0.3) - normaliseCosine(route, -0.1);
    expect(normaliseCosine(clear, 0.8)).toBeCloseTo(0.9, 2);
    expect(moved(vague)).toBeLessThan(0.15);
    expect(normaliseCosine(vague, 1)).toBeLessThan(0.6);
  });

  it('give the words of a title about three quarters', () => {
    const samples = [0.7, 0.8, 0.9, 1].map((ratio) => ({ score: 10 * ratio, idfSum: 10 }));
    const k = lexicalK(samples);
    const normalised = samples.map(({ score, idfSum }) => score / (score + k * idfSum));
    expect(normalised.reduce((sum, value) => sum + value, 0) / 4).toBeCloseTo(0.75, 3);
  });
});
