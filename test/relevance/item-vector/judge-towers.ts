import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { head } from '../../../src/inference/head.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { LinearMap } from '../../../subgraphs/retrieval/catalogue/fitting/linear-algebra/linear-map.ts';
import { queryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Intent, ShopPart } from './intents.ts';
import type { SeenPart } from './seen-part.ts';

export const TASKS = ['text', 'picture'] as const;

export type Task = (typeof TASKS)[number];

/** Figures by task, query by query. */
export type TaskFigures = Readonly<Record<Task, readonly QueryFigures[]>>;

/** What a recipe's towers make of a part: every query ranks all its items. */
export async function judgeTowers(folder: string, part: ShopPart, seen: SeenPart): Promise<TaskFigures> {
  const { title, more, features } = seen;
  const items = await (await openTower(folder, 'item')).run({ title, more, features });
  const of = async (task: Task) => {
    const asked = await (await openTower(folder, task)).run({ query: seen[task] });
    return judgeVectors(asked, items, part[task]);
  };
  return { text: await of('text'), picture: await of('picture') };
}

/** Every query against every item by cosine. */
export function judgeVectors(
  asked: readonly Vector[],
  items: readonly Vector[],
  intents: readonly Intent[],
): readonly QueryFigures[] {
  return new LinearMap(items).apply(asked).map((cosines, i) => {
    const ranking = [...cosines.keys()].sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b);
    const grades = new Map((intents[i]?.answers ?? []).map((at) => [String(at), 1]));
    return queryFigures(ranking.slice(0, 100).map(String), grades);
  });
}

async function openTower(folder: string, name: string) {
  return head(await readFile(join(folder, `${name}.onnx`)));
}
