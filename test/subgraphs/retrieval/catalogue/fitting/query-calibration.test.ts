import { describe, expect, it } from '@jest/globals';
import { normaliseCosine, calibrateRoute } from '../../../../../subgraphs/retrieval/catalogue/fitting/calibration.ts';
import { pairedCosines } from '../../../../../subgraphs/retrieval/catalogue/fitting/cosine-samples.ts';
import {
  calibratedFor,
  fitForetelling,
} from '../../../../../subgraphs/retrieval/catalogue/fitting/query-calibration.ts';
import { seeded } from '../../../../support/random.ts';
import { dot, unit } from '../../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../../src/vocabulary/vector.ts';

const COLOURS = 8;
const NAMES = 8;

/** A colour, which pictures show, and a name, which none shows. */
const asked = (colour: number | undefined, name?: number): Vector => {
  const query = new Float32Array(COLOURS + NAMES);
  if (colour !== undefined) query[colour] = 1;
  if (name !== undefined) query[COLOURS + name] = 1;
  return unit(query);
};

const random = seeded(7);
const oneOf = (count: number): number => Math.floor(count * random());

/** What pictures show, and a little of the rest by chance. */
const picture = (colour: number): Vector =>
  unit(Float32Array.from(asked(colour), (value) => value + 0.3 * (random() - random())));

const PAIRS = Array.from({ length: 1500 }, () => {
  const colour = oneOf(COLOURS);
  const [says, names] = [random() < 0.9, random() < 0.5];
  return {
    query: asked(says ? colour : undefined, names || !says ? oneOf(NAMES) : undefined),
    picture: picture(colour),
  };
});
const queries = PAIRS.map(({ query }) => query);
const pictures = PAIRS.map((pair) => pair.picture);
const sample = pairedCosines(queries, pictures);
const alike = calibrateRoute(sample);
const foretelling = fitForetelling(queries, pictures, sample.random);

const score = (query: Vector, of: Vector): number =>
  normaliseCosine(calibratedFor({ ...alike, foretelling }, query), dot(query, of));

function meanOver(colour: number, read: (photo: Vector) => number): number {
  const values = Array.from({ length: 200 }, () => read(picture(colour)));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('what a cosine means for one query', () => {
  it('is as much for one with a name that no picture shows as for one without', () => {
    const [named, plain] = [asked(3, 5), asked(3)];
    const apart = (by: typeof score): number => meanOver(3, (photo) => by(plain, photo) - by(named, photo));
    expect(apart((query, photo) => normaliseCosine(alike, dot(query, photo)))).toBeGreaterThan(0.1);
    expect(Math.abs(apart(score))).toBeLessThan(0.03);
    expect(meanOver(3, (photo) => score(named, photo))).toBeGreaterThan(0.8);
    expect(meanOver(4, (photo) => score(named, photo))).toBeLessThan(0.2);
  });

  it('is next to nothing for one of which pictures show nothing', () => {
    const name = asked(undefined, 5);
    const scores = Array.from({ length: 50 }, (_, i) => score(name, picture(i % COLOURS)));
    expect(Math.max(...scores) - Math.min(...scores)).toBeLessThan(0.15);
  });

  it('is as for all where what it comes to cannot be foretold', () => {
    const posters = Array.from({ length: 300 }, () =>
      unit(Float32Array.from(queries[0] ?? [], () => random() - random())),
    );
    const asking = queries.slice(0, 300);
    const cosines = pairedCosines(asking, posters);
    const route = { ...calibrateRoute(cosines), foretelling: fitForetelling(asking, posters, cosines.random) };
    const [one, other] = [asked(3), asked(3, 5)].map((query) => calibratedFor(route, query));
    expect(Math.abs((one?.middle ?? 0) - (other?.middle ?? 1))).toBeLessThan(0.02);
    expect(one?.strength).toBeLessThan(0.05);
    expect(other?.strength).toBeLessThan(0.05);
  });

  it('is as for all where too few pairs tell', () => {
    const few = [queries.slice(0, 3), pictures.slice(0, 3)] as const;
    expect(fitForetelling(...few, pairedCosines(...few).random)).toBeUndefined();
    expect(calibratedFor(alike, asked(1))).toEqual(alike);
  });
});
