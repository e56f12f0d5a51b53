import type { Vector } from '../../../src/vocabulary/vector.ts';
import { fitStandardisation, standardise } from '../../../subgraphs/retrieval/catalogue/fitting/standardisation.ts';
import { colourQueries, partOf } from '../colours/colour-queries.ts';
import type { ColourQuery, Part } from '../colours/colour-queries.ts';
import { colourWords, FASHION } from '../colours/coloured-item.ts';
import type { EncodedData, EncodedRecord } from '../encodings/encoded-data.ts';
import type { SourceFields } from '../shop/variant.ts';
import { dictionary } from './dictionary.ts';

/** Texts as experts see them: the encoder's vector of the whole, and the words as rows of the shop's `words`. */
export interface SeenTexts {
  readonly vectors: readonly Vector[];
  readonly tokens: readonly (readonly number[])[];
}

/** Queries as people ask them, and as experts see them. */
export interface AskedQueries {
  readonly queries: readonly ColourQuery[];
  readonly texts: SeenTexts;
}

/** The items of a catalogue as experts see them. */
export interface ColouredShop {
  readonly ids: readonly string[];
  /** As their source has them, without their colours. */
  readonly records: readonly SourceFields[];
  /** Undefined where no colour is told, so that nobody asks for it. */
  readonly types: readonly (string | undefined)[];
  readonly texts: SeenTexts;
  readonly features: readonly Vector[];
  readonly words: readonly Vector[];
  /** What is asked of the types of a part. */
  asked(part: Part): Promise<AskedQueries>;
}

/** A colour that hardly any item of a type has is asked for by nobody. */
const FEWEST = 3;

/** With colours withheld from every text. Pictures are standardised by the items of taught types alone. */
export async function colouredShop(encoded: EncodedData): Promise<ColouredShop> {
  const all = await encoded.records(await encoded.catalogue('fashion'));
  const records = all.filter(({ encodings }) => encodings.features);
  const looks = records.map(({ fields }) => FASHION.read(fields));
  const known = looks.flatMap((item) => item ?? []);
  const isColour = colourWords(known);
  const types = looks.map((item) => item?.type);
  const fitted = fitStandardisation(
    records.filter((_, i) => isTaught(types[i])).map(featuresOf),
    encoded.encoders.picture.blocks,
  );
  const words = dictionary(encoded);
  const said = records.map(({ fields }) => FASHION.withhold(fields, isColour));
  const see = async (texts: readonly string[]): Promise<SeenTexts> => ({
    vectors: await encoded.queries(texts),
    tokens: await words.rowsOf(texts),
  });
  return {
    ids: records.map(({ item }) => item.id),
    types,
    records: said,
    texts: await see(said.map(textOf)),
    features: records.map((record) => standardise(fitted, featuresOf(record))),
    words: words.vectors,
    asked: async (part) => {
      const queries = colourQueries(known, part, { fewest: FEWEST });
      return { queries, texts: await see(queries.map(({ text }) => text)) };
    },
  };
}

/** Whether a type is one that may be trained on for what is reported. */
export function isTaught(type: string | undefined): boolean {
  return type !== undefined && partOf(type) === 'taught';
}

function textOf({ title, baseColour }: SourceFields): string {
  return [title, baseColour].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

function featuresOf({ encodings }: EncodedRecord): Vector {
  return encodings.features ?? new Float32Array();
}
