import { scale } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { seedsOf } from '../training/seeds.ts';
import type { ShopPart } from './intents.ts';
import { judgeTowers, meanOfRuns, TASKS, towerVectors } from './judge-towers.ts';
import type { Task, TaskFigures, TowerVectors } from './judge-towers.ts';
import type { SeenPart } from './seen-part.ts';

/** The arms of item_vector.py that see one side of an item each; both are trained for both kinds of query. */
const SINGLE = ['text alone', 'image alone'] as const;

/** Ways of joining them that are not trained. */
export const JOINED = ['concatenated', 'fixed blend'] as const;

export type JoinedArm = (typeof JOINED)[number];

export interface Joined {
  readonly arms: ReadonlyMap<JoinedArm, TaskFigures>;
  /** How much of the fixed blend is the picture, for each kind of query. */
  readonly shares: Readonly<Record<Task, number>>;
}

export interface PartOf {
  readonly part: ShopPart;
  readonly seen: SeenPart;
}

type SingleTowers = readonly [text: TowerVectors, picture: TowerVectors];

/** Judged on the test part; the shares of the blend are those that are best on the validation part. */
export async function judgeJoined(
  folder: string,
  { validation, test }: Readonly<Record<'validation' | 'test', PartOf>>,
): Promise<Joined> {
  const chosen = await judgedByShare(folder, validation, SHARES);
  const [text = EVEN, picture = EVEN] = TASKS.map((task) => bestShare(chosen, task));
  const judged = await judgedByShare(folder, test, [EVEN, text, picture]);
  const of = (share: number, task: Task) => judged.get(share)?.[task] ?? [];
  return {
    arms: new Map([
      ['concatenated', { text: of(EVEN, 'text'), picture: of(EVEN, 'picture') }],
      ['fixed blend', { text: of(text, 'text'), picture: of(picture, 'picture') }],
    ]),
    shares: { text, picture },
  };
}

const EVEN = 0.5;
const SHARES = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);

/** Means over seeds. */
async function judgedByShare(
  folder: string,
  { part, seen }: PartOf,
  shares: readonly number[],
): Promise<ReadonlyMap<number, TaskFigures>> {
  const [texts = [], pictures = []] = await Promise.all(SINGLE.map((arm) => seedsOf(folder, arm)));
  const seeds: SingleTowers[] = [];
  for (const [i, text] of texts.entries())
    seeds.push([await towerVectors(text, seen), await towerVectors(pictures[i] ?? text, seen)]);
  return new Map(
    shares.map((share) => [share, meanOfRuns(seeds.map((towers) => judgeTowers(joined(towers, share), part)))]),
  );
}

/** Laid end to end, and so long that their cosine is the mean of both, the picture's with this share. */
function joined([text, picture]: SingleTowers, share: number): TowerVectors {
  const of = (side: keyof TowerVectors): readonly Vector[] =>
    text[side].map((vector, i) =>
      Float32Array.from([
        ...scale(vector, Math.sqrt(1 - share)),
        ...scale(picture[side][i] ?? new Float32Array(), Math.sqrt(share)),
      ]),
    );
  return { items: of('items'), text: of('text'), picture: of('picture') };
}

function bestShare(judged: ReadonlyMap<number, TaskFigures>, task: Task): number {
  const figures = [...judged].map(([share, each]) => ({ share, ndcg: mean(each[task].map((one) => one['nDCG@10'])) }));
  return figures.reduce((best, each) => (each.ndcg > best.ndcg ? each : best)).share;
}
