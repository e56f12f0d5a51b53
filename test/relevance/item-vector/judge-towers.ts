import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { head } from '../../../src/inference/head.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { seeded, shuffled } from '../../support/random.ts';
import { meanFigures } from '../training/mean-figures.ts';
import type { Intent, ShopPart } from './intents.ts';
import type { SeenPart } from './seen-part.ts';

export const TASKS = ['text', 'picture'] as const;

export type Task = (typeof TASKS)[number];

/** Figures by task, query by query. */
export type TaskFigures = Readonly<Record<Task, readonly QueryFigures[]>>;

/** What towers make of the items of a part and of what is asked of them: vectors of length 1. */
export type TowerVectors = Readonly<Record<'items' | Task, readonly Vector[]>>;

export async function towerVectors(folder: string, seen: SeenPart): Promise<TowerVectors> {
  const { title, more, features } = seen;
  const asked = async (task: Task) => (await openTower(folder, task)).run({ query: seen[task] });
  const items = await (await openTower(folder, 'item')).run({ title, more, features });
  return { items, text: await asked('text'), picture: await asked('picture') };
}

/** Every query ranks all items of the part. */
export function judgeTowers({ items, ...asked }: TowerVectors, part: ShopPart): TaskFigures {
  const of = (task: Task) => judgeVectors(asked[task], items, part[task]);
  return { text: of('text'), picture: of('picture') };
}

/** All items in an order of chance, another one for each query. */
export function judgeByChance({ items }: ShopPart, intents: readonly Intent[]): readonly QueryFigures[] {
  const random = seeded(11);
  const rows = items.map((_, row) => row);
  return intents.map((intent) => judgeRanking(shuffled(rows, random), intent));
}

/** The mean over runs (seeds), query by query. */
export function meanOfRuns(runs: readonly TaskFigures[]): TaskFigures {
  return { text: meanFigures(runs.map(({ text }) => text)), picture: meanFigures(runs.map(({ picture }) => picture)) };
}

/** Every query against every item by cosine. */
export function judgeVectors(
  asked: readonly Vector[],
  items: readonly Vector[],
  intents: readonly Intent[],
): readonly QueryFigures[] {
  return new LinearMap(items).apply(asked).map((cosines, i) => {
    const ranking = [...cosines.keys()].sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b);
    return judgeRanking(ranking, intents[i]);
  });
}

function judgeRanking(ranking: readonly number[], intent: Intent | undefined): QueryFigures {
  const grades = new Map((intent?.answers ?? []).map((at) => [String(at), 1]));
  return queryFigures(ranking.slice(0, 100).map(String), grades);
}

async function openTower(folder: string, name: string) {
  return head(await readFile(join(folder, `${name}.onnx`)));
}
