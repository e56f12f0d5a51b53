import { createHash } from 'node:crypto';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { drawSample } from '../../../subgraphs/retrieval/catalogue/draw-sample.ts';
import { fitInThread } from '../../../subgraphs/retrieval/catalogue/fit-thread.ts';
import type { Fitting } from '../../../subgraphs/retrieval/catalogue/fitting.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/linear-algebra/linear-map.ts';
import type { EncodedData, EncodedRecord } from '../encodings/encoded-data.ts';

/** Photos that nothing was fitted to, as the bridge of the rest of the catalogue carries them. */
export interface HeldOutPhotos {
  readonly records: readonly EncodedRecord[];
  readonly fitting: Fitting;
  /** Photos by id, best first, for words; `pictures` stands in for the photos' own features. */
  rank(words: readonly Vector[]): readonly (readonly string[])[];
  /** The same with the photos handed around among the items. */
  rankSwapped(words: readonly Vector[]): readonly (readonly string[])[];
}

/** Fits the product's bridge to a catalogue without `count` items, which depend on nothing but their ids. */
export async function holdOut(encoded: EncodedData, name: string, count: number): Promise<HeldOutPhotos> {
  const all = await encoded.records(await encoded.catalogue(name));
  const pictured = all.filter(({ encodings }) => encodings.features).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const records = pictured.slice(0, count);
  const { sample } = await drawSample(pictured.slice(count), [], encoded);
  const fitting = await fitInThread(sample);
  const features = records.flatMap(({ encodings }) => encodings.features ?? []);
  const columns = await fitting.columnsOf(features);
  const photos = columns.map(({ bridged }) => bridged ?? new Float32Array(sample.items[0]?.title.length ?? 0));
  const swapped = photos.map((_, i) => photos[(i + Math.floor(count / 2)) % photos.length] ?? new Float32Array());
  const ids = records.map(({ item }) => item.id);
  return {
    records,
    fitting,
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
function rankings(words: readonly Vector[], { photos, ids, fitting }: Shelf): readonly (readonly string[])[] {
  const asked = words.map((vector) => fitting.centreQuery(vector) ?? new Float32Array(vector.length));
  return new LinearMap(photos).apply(asked).map((cosines) =>
    ids
      .map((id, i) => ({ id, cosine: cosines[i] ?? -1 }))
      .toSorted((a, b) => b.cosine - a.cosine || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id),
  );
}
