import type { TextEncoder } from '../../../../src/inference/encoder.ts';
import { MedleyError } from '../../../../src/runtime/errors.ts';
import type { Item } from '../../../../src/vocabulary/item.ts';
import { unit } from '../../../../src/vocabulary/vector.ts';
import { centred } from '../fitting/bridge.ts';
import { order } from '../fitting/draw-sample.ts';
import type { DrawnSample } from '../fitting/draw-sample.ts';
import { isPictured } from '../fitting/fit-sample.ts';
import type { PicturedItem } from '../fitting/fit-sample.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { matrix, pack } from '../fitting/packed.ts';
import { itemTexts } from '../encoding/item-text.ts';
import { commonTerms } from '../fitting/common-terms.ts';
import { phrasesOf, valuesOf } from './phrases.ts';
import { textRows } from '../fitting/text-rows.ts';
import type { TextRows } from '../fitting/text-rows.ts';

/** What training/bridge.py reads, and what is to be known of a bridge that it makes. */
export interface BridgePairs {
  /**
   * Packed. Arrays: `features` (items x dims, standardised), `texts` (texts x dims, centred, of unit length). Facts: `validation`, how
   * many of the items, the first, are not trained on; `views`, the texts of each item by kind, as rows of `texts`; `values`, what is said
   * of each item, as numbers; `phrases`, by row of `texts` the values that an item must have for the phrase to fit it; `terms`, words
   * that many texts have, and `said`, by row of `texts` which of them it has.
   */
  readonly bytes: Uint8Array;
  readonly from: string;
  readonly pairs: number;
}

/** Kept from the training beside what the fit holds out, so that a catalogue may grow and its held-out items are still strangers. */
const VALIDATION_SHARE = 0.02;

/** 256 numbers each are kept with the generation: 4 MB of them at most. */
const MOST_TERMS = 4000;

type NamedItem = PicturedItem & { readonly own: Item };

export interface BridgePairsPorts {
  readonly fitting: Fitting;
  readonly encoder: TextEncoder;
  /** How many items, the first, are kept from the training: as many as the fit has held out. */
  readonly heldOut?: number;
}

/**
 * The items that a fit has held out are not among them.
 *
 * @throws MedleyError INVALID_CATALOGUE where there is nothing to train.
 */
export async function bridgePairs(
  drawn: DrawnSample,
  { fitting, encoder, heldOut = fitting.outcome.quality?.heldOutPairs }: BridgePairsPorts,
): Promise<BridgePairs> {
  const { textCentre, outcome } = fitting;
  if (outcome.kind !== 'fitted' || !textCentre)
    throw new MedleyError('INVALID_CATALOGUE', `There is no bridge to train: ${outcome.reason}`);
  const items = namedItems(drawn).slice(heldOut);
  const validation = Math.ceil(VALIDATION_SHARE * items.length);
  const rows = textRows();
  const said = await sayings(items, rows, encoder);
  const views = {
    title: items.map(({ own, title }) => [rows.of('title', own.title, title)]),
    whole: items.map(({ own, whole }) => (whole ? [rows.of('whole', itemTexts(own).whole ?? own.title, whole)] : [])),
    query: items.map(({ queries }) => queries.map(({ text, vector }) => rows.of('query', text, vector))),
    phrase: said.views,
  };
  const features = fitting.standardised(items.map((item) => item.features));
  const texts = rows.vectors.map((vector) => centred({ textCentre }, unit(vector)));
  const { terms, byText } = commonTerms(rows.texts, MOST_TERMS);
  const facts = { validation, views, values: said.values, phrases: said.phrases, terms, said: byText };
  return {
    bytes: pack(facts, { features: matrix(features), texts: matrix(texts) }),
    from: order(items[validation]?.own.id ?? ''),
    pairs: items.length - validation,
  };
}

function namedItems({ sample, items }: DrawnSample): readonly NamedItem[] {
  return sample.items.flatMap((item, i) => {
    const own = items[i]?.item;
    return own && isPictured(item) ? [{ ...item, own }] : [];
  });
}

interface Sayings {
  readonly views: readonly (readonly number[])[];
  readonly values: readonly (readonly number[])[];
  readonly phrases: Readonly<Record<number, readonly number[]>>;
}

/** Phrases that viewers might type for the items, encoded as queries. */
async function sayings(items: readonly NamedItem[], rows: TextRows, encoder: TextEncoder): Promise<Sayings> {
  const records = items.map(({ own }) => own);
  const phrases = phrasesOf(records);
  const texts = [...new Set(phrases.flat().map(({ text }) => text))];
  const vectors = await encoder.encode(texts.map((text) => ({ text, role: 'query' })));
  const byText = new Map(texts.map((text, i) => [text, vectors[i]]));
  const numbers = new Map<string, number>();
  const numberOf = (value: string): number => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  };
  const fitting: Record<number, readonly number[]> = {};
  const views = phrases.map((own) =>
    own.flatMap(({ text, values }) => {
      const vector = byText.get(text);
      if (!(vector instanceof Float32Array)) return [];
      const row = rows.of('phrase', text, vector);
      fitting[row] = values.map(numberOf);
      return [row];
    }),
  );
  return { views, phrases: fitting, values: records.map((record) => valuesOf(record).map(numberOf)) };
}
