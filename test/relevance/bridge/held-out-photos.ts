import { createHash } from 'node:crypto';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { drawSample } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import type { DrawnSample } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { fitInThread } from '../../../subgraphs/retrieval/catalogue/fitting/fit-thread.ts';
import type { Fitting } from '../../../subgraphs/retrieval/catalogue/fitting/fitting.ts';
import type { TypedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/fit-sample.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import type { EncodedData, EncodedRecord } from '../encodings/encoded-data.ts';

/** Photos that nothing was fitted to, as the bridge of the rest of the catalogue carries them. */
export interface HeldOutPhotos extends RankedPhotos {
  readonly records: readonly EncodedRecord[];
  /** What the rest of the catalogue was fitted to. */
  readonly fitting: Fitting;
  readonly rest: DrawnSample;
}

/** How a bridge ranks held-out photos. */
export interface RankedPhotos {
  /** Photos by id, best first, for words. */
  readonly rank: (words: readonly TypedQuery[]) => readonly (readonly string[])[];
  /** The same with the photos handed around among the items. */
  readonly rankSwapped: (words: readonly TypedQuery[]) => readonly (readonly string[])[];
}

/** Fits the product's bridge to a catalogue without `count` items, which depend on nothing but their ids. */
export async function holdOut(encoded: EncodedData, name: string, count: number): Promise<HeldOutPhotos> {
  const all = await encoded.records(await encoded.catalogue(name));
  const pictured = all.filter(({ encodings }) => encodings.features).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const records = pictured.slice(0, count);
  const rest = await drawSample(pictured.slice(count), [], encoded);
  const fitting = await fitInThread(rest.sample);
  return { records, fitting, rest, ...(await rankedBy(fitting, records)) };
}

/** The photos of records as the bridge of a fitting carries them. */
export async function rankedBy(fitting: Fitting, records: readonly EncodedRecord[]): Promise<RankedPhotos> {
  const features = records.flatMap(({ encodings }) => encodings.features ?? []);
  const columns = await fitting.columnsOf(features);
  const photos = columns.map(({ bridged }) => bridged ?? new Float32Array(fitting.dims.bridged));
  const swapped = photos.map(
    (_, i) => photos[(i + Math.floor(photos.length / 2)) % photos.length] ?? new Float32Array(),
  );
  const ids = records.map(({ item }) => item.id);
  return {
    rank: (words) => rankings(words, { photos, ids, fitting }),
    rankSwapped: (words) => rankings(words, { photos: swapped, ids, fitting }),
  };
}

function order({ item }: EncodedRecord): string {
  return createHash('sha256').update(`held out\0${item.id}`).digest('hex');
}

interface Shelf {
  readonly photos: readonly Vector[];
  readonly ids: readonly string[];
  readonly fitting: Fitting;
}

/** Every photo is ranked; ties by id. */
function rankings(words: readonly TypedQuery[], { photos, ids, fitting }: Shelf): readonly (readonly string[])[] {
  const asked = words.map(({ vector, text }) => fitting.centreQuery(vector, text) ?? new Float32Array(vector.length));
  return new LinearMap(photos).apply(asked).map((cosines) =>
    ids
      .map((id, i) => ({ id, cosine: cosines[i] ?? -1 }))
      .toSorted((a, b) => b.cosine - a.cosine || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id),
  );
}
