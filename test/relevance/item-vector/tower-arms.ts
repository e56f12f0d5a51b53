import { unit } from '../../../src/vocabulary/vector.ts';
import { seedsOf } from '../training/seeds.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';
import type { RowContext } from '../relevance-row.ts';
import { shopPart } from './intents.ts';
import type { Intent, ShopPart } from './intents.ts';
import { judgeTowers, judgeVectors, meanOfRuns, TASKS, towerVectors } from './judge-towers.ts';
import type { Task, TaskFigures } from './judge-towers.ts';
import { judgeJoined } from './joined-towers.ts';
import type { JoinedArm } from './joined-towers.ts';
import { seePart, standardisationOf } from './seen-part.ts';
import type { SeenPart } from './seen-part.ts';
import { trainingInput } from './training-input.ts';

/** The arms of training/item_vector.py. */
export const TRAINED = [
  'item vector',
  'text alone',
  'image alone',
  'sum',
  'MLP',
  'pictures shuffled',
  'only the text task',
  'only the picture task',
  'in-batch negatives alone',
  'random negatives alone',
  'without logQ',
] as const;

export type Arm = (typeof TRAINED)[number] | JoinedArm;

/** One could not tell what a second task costs from chance. */
const SEEDS = 3;

/** The test part, judged. */
export interface JudgedTowers {
  readonly part: ShopPart;
  /** Means over seeds, query by query. */
  readonly arms: ReadonlyMap<Arm, TaskFigures>;
  /** The encoders' own vectors: words against titles, photos against photos. */
  readonly frozen: TaskFigures;
  /** How much of the fixed blend is the picture. */
  readonly shares: Readonly<Record<Task, number>>;
  readonly seeds: number;
}

/** Trains every arm on the training part and judges it on the test part, which no training has seen anything of. */
export async function judgedTowers({ encoded, say }: RowContext): Promise<JudgedTowers> {
  const records = await encoded.records(await encoded.catalogue('fashion'));
  const [train, test] = [shopPart(records, 'train'), shopPart(records, 'test')];
  const fitted = standardisationOf(train, encoded);
  const packed = trainingInput(train, await seePart(train, encoded, fitted), encoded.encoders.picture.blocks);
  const folder = await trainedRecipe({ recipe: 'item_vector.py', packed, args: ['--seeds', String(SEEDS)], say });
  const seen = await seePart(test, encoded, fitted);
  const validation = shopPart(records, 'validation');
  const joined = await judgeJoined(folder, {
    validation: { part: validation, seen: await seePart(validation, encoded, fitted) },
    test: { part: test, seen },
  });
  const arms = new Map<Arm, TaskFigures>();
  let seeds = 0;
  for (const arm of TRAINED) {
    const runs: TaskFigures[] = [];
    for (const seed of await seedsOf(folder, arm)) runs.push(judgeTowers(await towerVectors(seed, seen), test));
    arms.set(arm, meanOfRuns(runs));
    seeds = runs.length;
  }
  for (const [arm, figures] of joined.arms) arms.set(arm, figures);
  return { part: test, arms, frozen: judgeFrozen(test, seen), shares: joined.shares, seeds };
}

function judgeFrozen(part: ShopPart, { title, features, text, picture }: SeenPart): TaskFigures {
  return {
    text: judgeVectors(text, title, part.text),
    picture: judgeVectors(picture.map(unit), features.map(unit), part.picture),
  };
}

/** The type of thing that each query asks for: queries of one type are easy or hard together. */
export function typesOf({ items, ...asked }: ShopPart): Readonly<Record<Task, readonly string[]>> {
  const of = (intents: readonly Intent[]) => intents.map(({ answers: [first = 0] }) => items[first]?.type ?? '');
  const [text, picture] = TASKS.map((task) => of(asked[task]));
  return { text: text ?? [], picture: picture ?? [] };
}
