import type { Head } from '../../../../src/inference/head.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { dot, scale, subtract, unit, weightedSum } from '../../../../src/vocabulary/vector.ts';
import { LinearMap } from './linear-algebra/linear-map.ts';
import type { WordVectors } from './word-vectors.ts';

/** A bridge in closed form; `identity` where one model encodes texts and pictures into one space. */
export type ClosedForm = LinearMap | 'identity';

/** How a text is seen where pictures are carried to. */
export interface TextSide {
  /** The mean of the texts that the bridge aims at; a query is compared after it is taken off. */
  readonly textCentre: Vector;
  /** Then a linear map to where the bridge compares; absent where that is the space of texts. */
  readonly textMap?: LinearMap;
  /** There the words of the text are added, too, where they are known. */
  readonly words?: WordVectors;
  /**
   * Where pictures have one value more, which tells how far they are from texts in general: how much it counts. A photo that is near to
   * whatever is asked (a hub) answers little of it.
   */
  readonly hubWeight?: number;
}

/** Carries standardised picture features into the centred text space, or, if it was trained, to where centred texts are mapped. */
export interface Bridge extends TextSide {
  /** A head was trained beside the build (training/bridge.py). */
  readonly map: ClosedForm | Head;
}

/** One that was fitted in closed form. */
export type LinearBridge = Bridge & { readonly map: ClosedForm };

/** How well titles find the photos of their items among held-out pairs. */
export interface BridgeQuality {
  readonly fittedPairs: number;
  readonly heldOutPairs: number;
  readonly recallAt10: number;
  readonly chance: number;
  /** The strength of the ridge; absent where a head was trained. */
  readonly lambda?: number;
}

/** Fewer pairs teach a bridge nothing that holds (models.md: Recall@10 of 1,500 is .37 at 250). */
export const FEWEST_PAIRS = 300;

/** The ridge's strengths that are tried; features have length about 16 (see the manifest's scales). */
export const LAMBDAS = [100, 300, 1000, 3000] as const;

const RECALL_AT = 10;

/** Pictures carried over, of unit length. */
export function carry(map: ClosedForm, standardised: readonly Vector[]): readonly Vector[] {
  return (map === 'identity' ? standardised : map.apply(standardised)).map(unit);
}

/** The same by whatever map a bridge has. */
export async function carryOver({ map }: Bridge, standardised: readonly Vector[]): Promise<readonly Vector[]> {
  if (map === 'identity' || map instanceof LinearMap) return carry(map, standardised);
  return (await map.run({ features: standardised })).map(unit);
}

/** A query as pictures that were carried over are compared with: the vector of a text and, where they can be told, its words. */
export function centred({ textCentre, textMap, words, hubWeight }: TextSide, text: Vector, said = ''): Vector {
  const aside = unit(subtract(text, textCentre));
  const mapped = textMap?.apply([aside])[0] ?? aside;
  const asked = unit(words?.addedTo(mapped, said) ?? mapped);
  return hubWeight === undefined ? asked : unit(Float32Array.of(...asked, hubWeight));
}

/** Dimensions of pictures that were carried over. */
export function carriedDims({ textCentre, textMap, hubWeight }: TextSide): number {
  return (textMap?.outputs ?? textCentre.length) + (hubWeight === undefined ? 0 : 1);
}

/** A carried picture as uncentred texts are compared with it: without the direction that all of them share. */
export function acrossTexts({ textCentre, textMap }: TextSide, carried: Vector): Vector {
  const back = textMap ? backwards(textMap, carried) : carried;
  const shared = unit(textCentre);
  return unit(subtract(back, scale(shared, dot(back, shared))));
}

/** By the transposed map, since <M text, picture> is <text, M' picture>. */
function backwards({ rows, inputs }: LinearMap, carried: Vector): Vector {
  return weightedSum(
    rows.map((vector, i) => ({ vector, weight: carried[i] ?? 0 })),
    inputs,
  );
}

/** The share of titles, centred, that rank their own item's picture among the first ten of all these carried pictures. */
export function titleRecall(titles: readonly Vector[], carried: readonly Vector[]): number {
  const ranks = titleRanks(titles, carried);
  return ranks.filter((rank) => rank <= RECALL_AT).length / Math.max(1, ranks.length);
}

/** The mean reciprocal rank of the pictures of the same: it still tells two bridges apart where both find nearly all. */
export function titleReciprocalRank(titles: readonly Vector[], carried: readonly Vector[]): number {
  const ranks = titleRanks(titles, carried);
  return ranks.reduce((sum, rank) => sum + 1 / rank, 0) / Math.max(1, ranks.length);
}

/** From 1; of equals the best. */
function titleRanks(titles: readonly Vector[], carried: readonly Vector[]): readonly number[] {
  const cosines = new LinearMap(carried).apply(titles);
  return cosines.map((row, own) => {
    const cosine = row[own] ?? 0;
    return row.reduce((rank, other) => rank + (other > cosine ? 1 : 0), 1);
  });
}

/** Recall@10 of a bridge that knows nothing. */
export function chanceRecall(pairs: number): number {
  return Math.min(1, RECALL_AT / Math.max(1, pairs));
}

/**
 * Whether a bridge is worth having: more than three times chance, and by more than three standard errors of chance (binomial),
 * since thirty held-out pairs can be lucky.
 */
export function clearsChance({ recallAt10, chance, heldOutPairs }: BridgeQuality): boolean {
  const error = Math.sqrt((chance * (1 - chance)) / Math.max(1, heldOutPairs));
  return recallAt10 > Math.min(3 * chance, (1 + chance) / 2) && recallAt10 > chance + 3 * error;
}
