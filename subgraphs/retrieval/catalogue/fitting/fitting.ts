import { head } from '../../../../src/inference/head.ts';
import { dot, unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { ByColumn } from '../../index/item-index.ts';
import { MOST_PHOTOS } from '../encoding/encode-items.ts';
import type { ItemEncodings } from '../encoding/encode-items.ts';
import { acrossTexts, carriedDims, carryOver, centred } from './bridge.ts';
import type { Bridge, BridgeQuality } from './bridge.ts';
import { normaliseCosine, NO_TOWERS } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import { itemText } from './fit-sample.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import { matrix, pack, unpack } from './packed.ts';
import { openTowers, packedTowers } from './packed-towers.ts';
import type { TowerFacts } from './packed-towers.ts';
import { project } from './projection.ts';
import type { Projection } from './projection.ts';
import { standardise } from './standardisation.ts';
import type { Standardisation } from './standardisation.ts';
import { Towers } from './towers.ts';
import type { SeenItem } from './towers.ts';
import { WordVectors } from './word-vectors.ts';

/** What became of the bridge, for people. */
export interface BridgeOutcome {
  readonly kind: 'fitted' | 'trained' | 'identity' | 'left-off';
  /** A sentence: why it was left off, or how good it is. */
  readonly reason: string;
  readonly quality?: BridgeQuality;
}

/** A text, what it says, and a picture that was carried over. */
interface SaidAndShown {
  readonly text: Vector;
  readonly said: string;
  readonly bridged: Vector;
}

/** What encoders made of an item. */
type EncodedItem = Pick<ItemEncodings, 'title' | 'whole' | 'features' | 'photos'>;

interface Parts {
  readonly textSpace: string;
  readonly imageSpace: string;
  readonly calibration: Calibration;
  readonly outcome: BridgeOutcome;
  readonly standardisation?: Standardisation;
  readonly bridge?: Bridge;
  readonly projection?: Projection;
  readonly towers?: Towers;
  /** What became of each tower that was trained for this catalogue, a sentence each. */
  readonly towerOutcomes?: readonly string[];
}

/** Everything that is fitted to one catalogue, applied to items and to query parts alike. Kept with the generation as bytes. */
export class Fitting {
  readonly textSpace: string;
  readonly imageSpace: string;
  readonly calibration: Calibration;
  readonly outcome: BridgeOutcome;
  readonly towers: Towers;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.textSpace = parts.textSpace;
    this.imageSpace = parts.imageSpace;
    this.calibration = parts.calibration;
    this.outcome = parts.outcome;
    this.towers = parts.towers ?? new Towers();
    this.#parts = parts;
  }

  /** Dimensions of all columns but `text`; 0 or absent where this catalogue has no such column. */
  get dims(): Omit<ByColumn<number>, 'text'> {
    const { bridge, projection } = this.#parts;
    return { bridged: bridge ? carriedDims(bridge) : 0, looks: projection?.map.outputs ?? 0, ...this.towers.dims };
  }

  /** What became of each tower that was trained for this catalogue, a sentence each; none where none was. */
  get towerOutcomes(): readonly string[] {
    return this.#parts.towerOutcomes ?? [];
  }

  /** A picture's features as looks, of unit length; null where the catalogue has no pictures. */
  looksOf(features: Vector): Vector | null {
    const { projection } = this.#parts;
    return (projection && project(projection, this.standardised([features]))[0]) ?? null;
  }

  /** A picture's features carried into the centred text space, of unit length; null without a bridge. */
  async bridgedOf(features: Vector): Promise<Vector | null> {
    const { bridge } = this.#parts;
    return (bridge && (await carryOver(bridge, this.standardised([features])))[0]) ?? null;
  }

  /** Both columns of many pictures, in their order: much faster than one by one. */
  async columnsOf(
    features: readonly Vector[],
  ): Promise<readonly { readonly looks: Vector | null; readonly bridged: Vector | null }[]> {
    const { bridge, projection } = this.#parts;
    const standardised = this.standardised(features);
    const looks = projection && project(projection, standardised);
    const bridged = bridge && (await carryOver(bridge, standardised));
    return features.map((_, i) => ({ looks: looks?.[i] ?? null, bridged: bridged?.[i] ?? null }));
  }

  /** The columns that towers make, in the order of the items; `features` as encoders gave them. */
  async trainedColumnsOf(items: readonly EncodedItem[]): ReturnType<Towers['columnsOf']> {
    if (Object.keys(this.towers.dims).length === 0) return [];
    return this.towers.columnsOf(items.map((item) => this.seen(item)));
  }

  /** An item as towers see it. */
  seen(item: EncodedItem): SeenItem {
    const { title, whole = new Float32Array(title.length), features } = item;
    const { centre = new Float32Array() } = this.#parts.standardisation ?? {};
    const [picture = new Float32Array(centre.length)] = features ? this.standardised([features]) : [];
    return { title, more: whole, text: unit(itemText(item)), picture, photos: this.#endToEnd(item.photos) };
  }

  #endToEnd(photos: readonly Vector[] | undefined): Vector | undefined {
    const seen = photos && this.standardised(photos);
    const [first] = seen ?? [];
    if (!seen || !first) return undefined;
    const all = new Float32Array(MOST_PHOTOS * first.length);
    all.set(matrix(seen));
    return all;
  }

  /** Features as this catalogue compares them; none where it has no pictures. */
  standardised(features: readonly Vector[]): readonly Vector[] {
    const { standardisation } = this.#parts;
    return standardisation ? features.map((picture) => standardise(standardisation, picture)) : [];
  }

  /** The mean of the texts that the bridge aims at; undefined without a bridge. */
  get textCentre(): Vector | undefined {
    return this.#parts.bridge?.textCentre;
  }

  /** A query in words, as the `bridged` column is compared with it: its vector and what it says; null without a bridge. */
  centreQuery(text: Vector, said?: string): Vector | null {
    const { bridge } = this.#parts;
    return bridge ? centred(bridge, text, said) : null;
  }

  /** How well a picture that was carried over shows what a text says, as `words->picture` normalises it; undefined without a bridge. */
  pictureMatch({ text, said, bridged }: SaidAndShown): number | undefined {
    const words = this.centreQuery(text, said);
    return words ? normaliseCosine(this.calibration.routes['words->picture'], dot(words, bridged)) : undefined;
  }

  /** A query's picture, as the `text` column is compared with it: without the direction that all texts share. Null without a bridge. */
  async bridgeQueryPicture(features: Vector): Promise<Vector | null> {
    const { bridge } = this.#parts;
    const bridged = await this.bridgedOf(features);
    return bridge && bridged ? acrossTexts(bridge, bridged) : null;
  }

  /** The same with other parts. */
  with(parts: Partial<Pick<Parts, 'bridge' | 'outcome' | 'calibration' | 'towers' | 'towerOutcomes'>>): Fitting {
    return new Fitting({ ...this.#parts, ...parts });
  }

  /** The same with one more sentence on a tower. */
  told(outcome: string): Fitting {
    return this.with({ towerOutcomes: [...this.towerOutcomes, outcome] });
  }

  toBytes(): Uint8Array {
    const { standardisation, bridge, projection, towers: _, ...facts } = this.#parts;
    const towers = packedTowers(this.towers);
    const { map, textCentre, textMap, words, hubWeight } = bridge ?? {};
    const arrays: Record<string, Vector | Uint8Array | undefined> = {
      ...standardisation,
      textCentre,
      textMap: textMap && flat(textMap),
      words: words?.values,
      wordWeights: words?.weights,
      hubWeight: hubWeight === undefined ? undefined : Float32Array.of(hubWeight),
      ...bytesOf(map),
      ...towers.models,
      ...(projection && { looks: flat(projection.map), weights: projection.weights, offset: projection.offset }),
    };
    const given = Object.entries(arrays).flatMap(([name, array]) => (array ? [[name, array] as const] : []));
    return pack({ ...facts, terms: words?.terms, towers: towers.facts }, Object.fromEntries(given));
  }

  /** @throws RangeError on bytes that `toBytes` did not make. */
  static fromBytes(bytes: Uint8Array): Fitting {
    const { facts, arrays, blobs } = unpack(bytes);
    const { towers, terms, ...rest } = facts as PackedFacts;
    const { calibration } = rest;
    const standardisation = standardisationIn(arrays);
    const [textCentre, weights, offset] = [arrays.get('textCentre'), arrays.get('weights'), arrays.get('offset')];
    const [rows, looks, model] = [arrays.get('bridge'), arrays.get('looks'), blobs.get('head')];
    const [aimed, words] = [arrays.get('textMap'), arrays.get('words')];
    return new Fitting({
      ...rest,
      calibration: { ...calibration, routes: { ...calibration.routes, ...NO_TOWERS, ...calibration.routes } },
      towers: openTowers(towers, blobs),
      standardisation,
      bridge: textCentre && {
        textCentre,
        map: model ? head(model) : rows ? folded(rows, textCentre.length) : 'identity',
        textMap: aimed && folded(aimed, aimed.length / textCentre.length),
        words: terms && words && new WordVectors(terms, words, arrays.get('wordWeights')),
        hubWeight: arrays.get('hubWeight')?.[0],
      },
      projection: looks && weights && offset && { weights, offset, map: folded(looks, looks.length / weights.length) },
    });
  }
}

type PackedFacts = Omit<Parts, 'standardisation' | 'bridge' | 'projection' | 'towers'> & {
  readonly towers?: TowerFacts;
  /** Of the words' vectors. */
  readonly terms?: readonly string[];
};

function standardisationIn(arrays: ReadonlyMap<string, Vector>): Standardisation | undefined {
  const [shift, gain, limit, centre] = ['shift', 'gain', 'limit', 'centre'].map((name) => arrays.get(name));
  return shift && gain && limit && centre ? { shift, gain, limit, centre } : undefined;
}

function bytesOf(map: Bridge['map'] | undefined): { readonly bridge?: Vector; readonly head?: Uint8Array } {
  if (map === undefined || map === 'identity') return {};
  return map instanceof LinearMap ? { bridge: flat(map) } : { head: map.model };
}

function flat(map: LinearMap): Vector {
  const all = new Float32Array(map.outputs * map.inputs);
  for (const [row, values] of map.rows.entries()) all.set(values, row * map.inputs);
  return all;
}

function folded(all: Vector, rows: number): LinearMap {
  const inputs = all.length / rows;
  return new LinearMap(Array.from({ length: rows }, (_, row) => all.subarray(row * inputs, (row + 1) * inputs)));
}
