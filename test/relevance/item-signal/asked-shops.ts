import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { Catalogue } from '../../../subgraphs/retrieval/catalogue/reading/catalogue-file.ts';
import { colourQueries, loggedQueries } from '../colours/colour-queries.ts';
import { colourWords, FASHION, IKEA } from '../colours/coloured-item.ts';
import type { ColourSource } from '../colours/coloured-item.ts';
import { judgedFilms } from '../films/judged-films.ts';
import type { RowContext } from '../relevance-row.ts';
import type { JudgedQuery } from '../shop/judge.ts';
import { sourceOf, variantOf } from '../shop/variant.ts';

/** A catalogue with a log, and judged queries in words that are not in the log. */
export interface AskedShop {
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly logged: readonly LoggedQuery[];
  readonly validation: readonly JudgedQuery[];
  readonly test: readonly JudgedQuery[];
  /** By test query: those of one group are easy or hard together. */
  readonly groups?: readonly string[];
  readonly remove: () => Promise<void>;
}

/** Films with their judged queries; furniture and fashion asked for a colour and a type, where titles and fields say colours and where not. */
export function askedShops(context: RowContext): readonly (() => Promise<AskedShop>)[] {
  return [
    () => filmShop(context),
    () => colouredShop(context, IKEA, true),
    () => colouredShop(context, IKEA, false),
    () => colouredShop(context, FASHION, true),
  ];
}

async function filmShop({ encoded, folder }: RowContext): Promise<AskedShop> {
  const catalogue = await encoded.catalogue('films');
  return { name: 'films', catalogue, ...judgedFilms(folder), remove: () => Promise.resolve() };
}

async function colouredShop({ encoded }: RowContext, source: ColourSource, withheld: boolean): Promise<AskedShop> {
  const catalogue = await encoded.catalogue(source.catalogue);
  const records = await sourceOf(catalogue);
  const items = records.flatMap((record) => source.read(record) ?? []);
  const isColour = colourWords(items);
  const kept = withheld ? records.map((record) => source.withhold(record, isColour)) : records;
  const test = colourQueries(items, 'test', source);
  return {
    ...(await variantOf(catalogue, kept)),
    name: `${source.catalogue}, colours ${withheld ? 'withheld' : 'told'}`,
    logged: loggedQueries(items),
    validation: colourQueries(items, 'validation', source),
    test,
    groups: test.map(({ type }) => type),
  };
}
