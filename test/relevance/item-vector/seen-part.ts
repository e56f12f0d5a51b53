import type { Vector } from '../../../src/vocabulary/vector.ts';
import { fitStandardisation, standardise } from '../../../subgraphs/retrieval/catalogue/fitting/standardisation.ts';
import type { Standardisation } from '../../../subgraphs/retrieval/catalogue/fitting/standardisation.ts';
import type { EncodedData } from '../encodings/encoded-data.ts';
import type { Photographed, ShopPart } from './intents.ts';

/** A part of the shop as the encoders see it. Pictures are standardised by the training part. */
export interface SeenPart {
  readonly title: readonly Vector[];
  /** What else is said of an item: its category, usage and season. Neither its colour nor its wearer, which only titles may name. */
  readonly more: readonly Vector[];
  readonly features: readonly Vector[];
  readonly text: readonly Vector[];
  readonly picture: readonly Vector[];
}

export function standardisationOf({ items }: ShopPart, { encoders }: Pick<EncodedData, 'encoders'>): Standardisation {
  return fitStandardisation(items.map(featuresOf), encoders.picture.blocks);
}

export async function seePart(part: ShopPart, encoded: EncodedData, fitted: Standardisation): Promise<SeenPart> {
  const titles = part.items.map(({ title }) => title);
  const more = part.items.map(({ record }) => moreOf(record.fields));
  return {
    title: await texts(encoded, titles),
    more: await texts(encoded, more),
    features: part.items.map((item) => standardise(fitted, featuresOf(item))),
    text: await encoded.queries(part.text.map(({ words = '' }) => words)),
    picture: part.picture.flatMap(({ photo }) => (photo ? [standardise(fitted, featuresOf(photo))] : [])),
  };
}

async function texts({ encoders }: EncodedData, all: readonly string[]): Promise<readonly Vector[]> {
  const vectors = await encoders.text.encode(all.map((text) => ({ text, role: 'item' })));
  return vectors.map((vector) => (vector instanceof Float32Array ? vector : new Float32Array(encoders.text.dims)));
}

function featuresOf({ record }: Photographed): Vector {
  return record.encodings.features ?? new Float32Array();
}

function moreOf({
  masterCategory,
  subCategory,
  articleType,
  usage,
  season,
}: Readonly<Record<string, unknown>>): string {
  return [masterCategory, subCategory, articleType, usage, season]
    .filter((value) => typeof value === 'string')
    .join(', ');
}
