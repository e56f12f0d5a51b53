import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemVectors } from '../../../src/vocabulary/shown.ts';
import { unit } from '../../../src/vocabulary/vector.ts';
import { drawSample } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { itemText } from '../../../subgraphs/retrieval/catalogue/fitting/fit-sample.ts';
import { fitInThread } from '../../../subgraphs/retrieval/catalogue/fitting/fit-thread.ts';
import type { EncodedData } from '../encodings/encoded-data.ts';

/** A rating of 4 or more of a film with a poster; `at` in epoch milliseconds. */
export interface Liking {
  readonly userId: string;
  readonly itemId: string;
  readonly at: number;
}

/** The vectors of every film with a poster, as an index of them would hold them. */
export async function filmVectors(encoded: EncodedData): Promise<readonly ItemVectors[]> {
  const all = await encoded.records(await encoded.catalogue('films'));
  const films = all.filter(({ encodings }) => encodings.features !== undefined);
  const { sample } = await drawSample(films, [], encoded);
  const fitting = await fitInThread(sample);
  return films.map(({ fields, encodings }) => ({
    id: String(fields['movieLensId']),
    text: unit(itemText(encodings)),
    image: encodings.features ? fitting.looksOf(encodings.features) : null,
  }));
}

/** In order of time. */
export function likings(folder: string, known: ReadonlySet<string>): readonly Liking[] {
  const rows = readFileSync(join(folder, 'ratings.csv'), 'utf8').trim().split('\n').slice(1);
  const all = rows.map((row) => row.split(','));
  const liked = all.filter(([, film = '', rating]) => Number(rating) >= 4 && known.has(film));
  return liked
    .map(([userId = '', itemId = '', , at]) => ({ userId, itemId, at: Number(at) * 1000 }))
    .toSorted((a, b) => a.at - b.at);
}
