import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEncoders } from '../../src/inference/open-encoders.ts';
import type { ItemVectors } from '../../src/vocabulary/shown.ts';
import { unit } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import { queryEmbeddingConfig } from '../../subgraphs/query-embedding/config.ts';
import { itemText } from '../../subgraphs/retrieval/catalogue/fit-sample.ts';
import { fit } from '../../subgraphs/retrieval/catalogue/fit.ts';

interface Film {
  readonly movieLensId: string;
  readonly title: string;
  readonly overview: string;
  readonly image: string | null;
}

/** A rating of 4 or more of a film with a poster; `at` in epoch milliseconds. */
export interface Liking {
  readonly userId: string;
  readonly itemId: string;
  readonly at: number;
}

/** The vectors of every film with a poster, as an index would hold them. */
export async function filmVectors(folder: string): Promise<readonly ItemVectors[]> {
  const lines = readFileSync(join(folder, 'items.jsonl'), 'utf8').trim().split('\n');
  const films = lines.map((line) => JSON.parse(line) as Film).filter(({ image }) => image !== null);
  const encoders = await openEncoders(queryEmbeddingConfig({}).models);
  const { text, picture } = encoders;
  const words = (texts: readonly string[]) => text.encode(texts.map((each) => ({ text: each, role: 'item' as const })));
  const titles = await words(films.map(({ title }) => title));
  const wholes = await words(films.map(({ title, overview }) => `${title}. ${overview}`));
  const features = await picture.encode(films.map(({ image }) => readFileSync(join(folder, image ?? ''))));
  await encoders.close();
  const whole = films.flatMap((film, i) => {
    const [title, all, looks] = [titles[i], wholes[i], features[i]];
    if (!isVector(title) || !isVector(all) || !isVector(looks)) return [];
    return [{ id: film.movieLensId, title, whole: all, features: looks, queries: [] }];
  });
  const fitting = fit({ textSpace: text.space, imageSpace: picture.space, blocks: picture.blocks, items: whole });
  const columns = await fitting.columnsOf(whole.map((item) => item.features));
  return whole.map((item, i) => ({ id: item.id, text: unit(itemText(item)), image: columns[i]?.looks ?? null }));
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

function isVector(encoded: unknown): encoded is Vector {
  return encoded instanceof Float32Array;
}
