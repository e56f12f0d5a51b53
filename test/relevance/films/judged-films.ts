import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedQuery } from '../../../subgraphs/retrieval/catalogue/fitting/draw-sample.ts';
import { placeOf } from '../../../subgraphs/retrieval/measures/split.ts';
import type { JudgedQuery } from '../shop/judge.ts';

type JudgedWords = JudgedQuery & { readonly text: string };

export interface JudgedFilms {
  readonly validation: readonly JudgedWords[];
  readonly test: readonly JudgedWords[];
  /** What a log of other queries could tell: up to three of the best answers of each. */
  readonly logged: readonly LoggedQuery[];
}

const CHOSEN = 3;

/** Judged queries by hash: a twentieth to tune on, a quarter to report, four tenths that may be a log; the others are kept for later. */
export function judgedFilms(folder: string): JudgedFilms {
  const [, ...lines] = readFileSync(join(folder, 'films/judgments.tsv'), 'utf8').trim().split('\n');
  const judged = lines.map((line) => line.split('\t'));
  const queries = [...Map.groupBy(judged, ([, text = '']) => text)].map(([text, judgments]) => ({
    text,
    grades: new Map(judgments.map(([, , id = '', grade]) => [id, Number(grade)])),
  }));
  const between = (from: number, to: number) =>
    queries.filter(({ text }) => placeOf(`films\0${text}`) >= from && placeOf(`films\0${text}`) < to);
  return { validation: between(0, 0.05), test: between(0.1, 0.35), logged: between(0.4, 0.8).flatMap(chosen) };
}

function chosen({ text, grades }: JudgedWords): readonly LoggedQuery[] {
  const most = Math.max(...grades.values());
  const best = [...grades].filter(([, grade]) => grade === most);
  return best.slice(0, CHOSEN).map(([itemId]) => ({ text, itemId }));
}
