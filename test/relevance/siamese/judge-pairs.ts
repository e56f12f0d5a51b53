import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { head } from '../../../src/inference/head.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Listing } from './listings.ts';
import { neighbours } from './rooms.ts';
import type { Rooms } from './rooms.ts';

/** A listing that stands in a room of the part, and those that it stands with there and in no room that was trained on. */
export interface AskedListing {
  readonly row: number;
  readonly answers: readonly number[];
  /** Those of training rooms are no answers, and do not take an answer's place. */
  readonly known: ReadonlySet<number>;
  /** The first room of the part that it stands in: listings of one room are easy or hard together. */
  readonly room: number;
}

export function askedListings(rooms: Rooms, part: 'validation' | 'test'): readonly AskedListing[] {
  const trained = neighbours(rooms.train);
  return [...neighbours(rooms[part])].flatMap(([row, all]) => {
    const known = trained.get(row) ?? new Set<number>();
    const answers = [...all].filter((other) => !known.has(other));
    const room = rooms[part].findIndex((rows) => rows.includes(row));
    return answers.length > 0 ? [{ row, answers, known, room }] : [];
  });
}

/** Every listing against all by cosine. */
export function judgePairs(vectors: readonly Vector[], asked: readonly AskedListing[]): readonly QueryFigures[] {
  const queries = asked.map(({ row }) => vectors[row] ?? new Float32Array());
  const all = new LinearMap(vectors).apply(queries);
  return asked.map((query, i) => judgeScores(all[i] ?? new Float32Array(), query));
}

/** Scores of all listings, by row. */
export function judgeScores(scores: Vector, { row, answers, known }: AskedListing): QueryFigures {
  const others = [...scores.keys()].filter((other) => other !== row && !known.has(other));
  others.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return queryFigures(others.slice(0, 100).map(String), new Map(answers.map((answer) => [String(answer), 1])));
}

/** The vectors that a trained tower makes. */
export async function towerVectors(folder: string, listings: readonly Listing[]): Promise<readonly Vector[]> {
  return (await openTower(folder, 'item')).run(sidesOf(listings));
}

/** How suspicious each listing's picture is to a trained tower: a logit. */
export async function suspicions(folder: string, listings: readonly Listing[]): Promise<readonly number[]> {
  const logits = await (await openTower(folder, 'mismatch')).run(sidesOf(listings));
  return logits.map(([logit = 0]) => logit);
}

function sidesOf(listings: readonly Listing[]) {
  return { text: listings.map(({ text }) => text), picture: listings.map(({ picture }) => picture) };
}

async function openTower(folder: string, name: string) {
  return head(await readFile(join(folder, `${name}.onnx`)));
}
