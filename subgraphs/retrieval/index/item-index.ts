import type { Rejection } from '../../../src/runtime/errors.ts';
import type { AskedValues } from '../../../src/vocabulary/asked-values.ts';
import type { FieldsOf, FieldTypes, Item } from '../../../src/vocabulary/item.ts';
import type { ItemFilter, Range } from '../../../src/vocabulary/item-filter.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import type { Bounds } from './bounds.ts';
import type { Synonyms } from './synonyms.ts';

/**
 * The evidence of an item that is compared with vectors, one column each:
 * `text` is the item's text in the text space (unit length), `bridged` its picture carried over the bridge into the centred
 * text space (unit length), `looks` its picture, standardised, centred and projected (unit length). Items without a picture,
 * and generations without a bridge, lack the last two. `fused` is a vector trained on text and picture together, and `companion`
 * one that lies near those of items that viewers choose with it (both unit length).
 */
export const COLUMNS = ['text', 'bridged', 'looks', 'fused', 'companion'] as const;

export type Column = (typeof COLUMNS)[number];

/** Generations for which none was trained, all of those from before there were any, know nothing of these columns. */
export type TrainedColumn = 'fused' | 'companion';

export type ByColumn<T> = Readonly<Record<Exclude<Column, TrainedColumn>, T> & Partial<Record<TrainedColumn, T>>>;

/** A unit vector to compare with one column. A probe of negative weight means less like this. */
export interface Probe {
  readonly column: Column;
  readonly vector: Vector;
  readonly weight: number;
}

export interface SuggestReading {
  readonly asTyped?: boolean;
}

export interface IndexQuery {
  /** The words for BM25, or the id of an item; absent when the query has none. */
  readonly words?: string;
  /** Terms of the words that are meant as they are written: nothing stands in for them. */
  readonly literal?: readonly string[];
  /** What words mean beside themselves; nothing when absent. */
  readonly synonyms?: Synonyms;
  readonly probes: readonly Probe[];
  readonly filter?: ItemFilter;
  /** How many candidates each kind of evidence (words, each column with a probe) brings, beside what is named. */
  readonly candidates: number;
}

/** One item with its raw scores. Every candidate has every score that its evidence allows, whichever evidence found it. */
export interface Candidate {
  readonly id: string;
  /** BM25, above 0; 0 when no word of the query is in the item. */
  readonly lexical: number;
  /** Cosines by place in `probes`; null where the item lacks the column. */
  readonly cosines: readonly (number | null)[];
  /** The words are its id, spaces around them left out: as it is written or, where no candidate's id is, in letters of either case. */
  readonly named?: true;
}

/** What items were when they were found, by id: of one generation, the same number means the same item. */
export type Versions = ReadonlyMap<string, number>;

export interface CandidateSet {
  /** By id, ascending: order says nothing. */
  readonly candidates: readonly Candidate[];
  /** The sum of the inverse document frequencies of the query's terms, ln(1 + (N - n + .5) / (n + .5)) each; 0 without words. */
  readonly idfSum: number;
  /**
   * For each term that no item has: the terms one slip away that were looked for instead, likeliest first, or the two words that it
   * runs together, as they were written ("red shoes"); of words that are an id, none.
   */
  readonly standIns: ReadonlyMap<string, readonly string[]>;
  /** The terms that no item has and nothing stands in for; of words that are an id, none. */
  readonly unread: readonly string[];
  /** Some of the index did not answer, or not in time: these are the candidates of the rest. */
  readonly partial?: boolean;
  /** Of the candidates, from an index that remembers what it read. */
  readonly versions?: Versions;
}

/** What a generation is, apart from its items. Vectors of other spaces than these are refused. */
export interface GenerationHead {
  /** Sorts by time of making: `<ISO time without punctuation>-<random>`. */
  readonly id: string;
  readonly createdAt: string;
  readonly catalogue: string;
  readonly textSpace: string;
  readonly imageSpace: string;
  /** Dimensions by column; 0 or absent where the generation has no such column. */
  readonly dims: ByColumn<number>;
  readonly fields: FieldTypes;
  /** Everything fitted to the catalogue (bridge, projection, calibration), as its own noun writes it; opaque to the index. */
  readonly fitting: Uint8Array;
}

export interface ItemRow {
  readonly item: Item;
  readonly vectors: ByColumn<Vector | null>;
}

/**
 * Reads the published generation. A published switch is seen by the next call; a reader taken before keeps reading the old one.
 * Errors: NOT_READY before the first publish; PartlyRead, which holds what was found, where something asked for by id was not, and
 * some of the index did not answer.
 */
export interface ItemIndex {
  /** The published generation with its number of items, or undefined before the first publish. */
  head(): (GenerationHead & { readonly items: number }) | undefined;
  candidates(query: IndexQuery): Promise<CandidateSet>;
  /** Items in the order of the ids; undefined where there is none. Those of known versions may come from memory, as they were then. */
  items(ids: readonly string[], versions?: Versions): Promise<readonly (Item | undefined)[]>;
  /** The values of some fields, for less than the items and otherwise like them. */
  fields(
    ids: readonly string[],
    names: readonly string[],
    versions?: Versions,
  ): Promise<readonly (FieldsOf | undefined)[]>;
  /** Vectors in the order of the ids; undefined where there is no such item. Where columns are named, others may be null. */
  vectors(ids: readonly string[], columns?: readonly Column[]): Promise<readonly (ItemRow['vectors'] | undefined)[]>;
  /** Ids of a page of the items that pass the filter, in order of a field (items without it last, ties by id), for browsing without a query. */
  browse(page: BrowsePage): Promise<BrowsedItems>;
  /** Counts fields over all items that pass, in the order of the queries. Errors: UNKNOWN_FIELD. */
  facets(queries: readonly FacetQuery[]): Promise<CountedFacets>;
  /**
   * Whole titles, brands and categories that begin with the prefix (folded case and accents); then those with a later word that does,
   * where of several words typed those before the last are whole words of theirs; then those that would with a space more or less
   * (`respacings.ts`). Where there is none, those that there would be if the words that none has were others, one slip away, and those
   * that say nothing were not there (`start-slips.ts`), unless words are to be taken as they are typed. Each most common first, then by
   * the alphabet.
   */
  suggest(prefix: string, limit: number, reading?: SuggestReading): Promise<readonly string[]>;
  /** How items write each term (some of those that have it are read), in lower case with accents: the most common way first. */
  writtenForms(terms: readonly string[]): Promise<readonly (readonly string[])[]>;
  close(): Promise<void>;
}

export interface BrowseOrder {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

export interface BrowsePage {
  readonly filter?: ItemFilter;
  /** By the first, then by those after it, then by id; items without a field stand last in its order. */
  readonly orders?: readonly BrowseOrder[];
  readonly limit: number;
  /** Of one group (`groupId`) at most so many, the first in this order; no limit when absent or 0. */
  readonly perGroup?: number;
}

export interface BrowsedItems {
  readonly ids: readonly string[];
  /** How many items pass the filter, of one group no more than are wanted. */
  readonly total: number;
  /** There may be more than the total says. */
  readonly atLeast?: boolean;
  /** Some of the index did not answer, or not in time: there may be more. */
  readonly partial?: boolean;
  /** Of these items, from an index that remembers what it read. */
  readonly versions?: Versions;
}

/** A field whose values, or the given ranges of it, are counted over the items that pass the filter. */
export interface FacetQuery extends AskedValues {
  readonly field: string;
  readonly filter?: ItemFilter;
  /** How many of the most common values are wanted. */
  readonly limit: number;
  /** Values that are wanted however few items have them, words however items write them (letters of either case). */
  readonly also?: readonly string[];
  /** Counted instead of values; an item is within a range as a filter means it. */
  readonly ranges?: readonly Range[];
  /** Of one group (`groupId`) at most so many count for a value or a range; all when absent or 0. */
  readonly perGroup?: number;
}

/** How many items; one with several values counts once for each. */
export interface FacetCounts {
  /** By value, words in letters of either case as one, in the way that most items write it: the most common first, ties by value in the order of UTF-16, then in this order those wanted besides; none that no item has. */
  readonly values: ReadonlyMap<string, number>;
  /** In the order of the ranges. */
  readonly ranges: readonly number[];
  /** Of a field of numbers or dates; absent where no item that passes has it. */
  readonly bounds?: Bounds;
}

export interface CountedFacets {
  readonly counts: readonly FacetCounts[];
  /** Some of the index did not answer, or not in time: these are the counts of the rest. */
  readonly partial?: boolean;
}

/** Writes generations and live changes. One process at a time: a second gets DATA_FOLDER_LOCKED. */
export interface IndexWriter {
  /**
   * Says that a catalogue is being read for a build: what other processes write live from now on is in it. Resolves to what takes it
   * back where no build comes of it. Absent where one process alone writes. Errors: DATA_FOLDER_LOCKED while another one builds.
   */
  announce?(): Promise<() => Promise<void>>;
  /** Begins a generation beside the serving one, which nothing of this harms. */
  build(head: GenerationHead): Promise<GenerationBuild>;
  /**
   * Live upsert into the serving generation; batched by id, last wins. Resolves to the items that the index refused; the others are
   * durable and searchable then, and of a refused one what was there before.
   */
  upsert(rows: readonly ItemRow[]): Promise<readonly RefusedItem[]>;
  /** Live delete; resolves to the ids that were there. Durable when resolved. */
  remove(ids: readonly string[]): Promise<readonly string[]>;
  /** Makes few files of the many that live writes leave, and drops old versions. Runs aside; safe at any time. */
  compact(): Promise<void>;
  /** The generation that `rollback` would serve. Errors: NOT_READY where there is none. */
  previous(): Promise<GenerationHead>;
  /**
   * Serves the generation before again, as it was when it was replaced; the one that served becomes the one before, so a second
   * call undoes the first. Errors: NOT_READY where there is none before.
   */
  rollback(): Promise<GenerationHead>;
  close(): Promise<void>;
}

/** An item that an index does not take as it is, and why. That of a cluster has limits of its own; an embedded index refuses none. */
export interface RefusedItem extends Rejection {
  readonly id: string;
}

/** Rows of the serving generation, with the vectors that another one wants. */
export type RefitRows = (rows: readonly ItemRow[]) => Promise<readonly ItemRow[]>;

export interface GenerationBuild {
  /** Resolves to the items that the index refused; the others are written. */
  write(rows: readonly ItemRow[]): Promise<readonly RefusedItem[]>;
  /**
   * Switches readers over in one atomic, durable step. Live writes since `build` are in it,
   * whatever `write` brought of the same items; their vectors were fitted for the generation that served, so `refit` makes
   * them anew for this one. Without it they are taken as they are. Resolves to those among them that this generation refused.
   */
  publish(refit?: RefitRows): Promise<readonly RefusedItem[]>;
  /** Removes what was written. */
  abort(): Promise<void>;
}
