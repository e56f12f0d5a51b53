import { unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { foundAnswers } from './found-answers.ts';
import type { AskedRoute } from './found-answers.ts';
import type { Intents, NamedItem } from './intents.ts';
import type { Towers } from './towers.ts';

/** Items that the towers have not seen, and what is asked of them. */
export interface Strangers {
  readonly items: readonly NamedItem[];
  readonly intents: Intents;
}

/** Recall@10 of what is asked in one way, by what it is compared with. */
export interface RouteFigures {
  readonly item: number;
  readonly text: number;
  readonly picture: number;
}

export interface JudgedItemVector {
  readonly words: RouteFigures;
  readonly photos: RouteFigures;
  /** Of the items, in their order. */
  readonly vectors: readonly Vector[];
}

export interface Judges {
  readonly towers: Towers;
  /** What the towers see items by. */
  readonly fitting: Fitting;
  /** What single modalities are compared by; it has not seen the strangers either. */
  readonly rival: Fitting;
}

/** What item vectors find among strangers, beside each modality by the routes that its rival has. */
export async function judgeItemVector(
  { items, intents }: Strangers,
  { fitting, rival, towers }: Judges,
): Promise<JudgedItemVector> {
  const seen = items.map((item) => fitting.seen(item));
  const fused = (await towers.columnsOf(seen)).map((made) => made.fused ?? null);
  const text = seen.map((item) => item.text);
  const looks: (Vector | null)[] = [];
  const bridged: (Vector | null)[] = [];
  for (const { features } of items) {
    looks.push(features ? rival.looksOf(features) : null);
    bridged.push(features ? await rival.bridgedOf(features) : null);
  }
  const photoOf = (row: number) => items[row]?.features ?? new Float32Array();
  const words = (query: (vector: Vector) => Vector | null | Promise<Vector | null>) =>
    routed(intents.words, ({ vector }) => query(vector));
  const photos = (query: (row: number) => Vector | null | Promise<Vector | null>) =>
    routed(intents.photos, ({ row }) => query(row));
  return {
    words: {
      item: foundAnswers(await words((vector) => towers.words(vector)), fused),
      text: foundAnswers(await words(unit), text),
      picture: foundAnswers(await words((vector) => rival.centreQuery(vector)), bridged),
    },
    photos: {
      item: foundAnswers(await photos((row) => towers.picture(seen[row]?.picture ?? new Float32Array())), fused),
      text: foundAnswers(await photos((row) => rival.bridgeQueryPicture(photoOf(row))), text),
      picture: foundAnswers(await photos((row) => looks[row] ?? null), looks),
    },
    vectors: fused.flatMap((vector) => vector ?? []),
  };
}

type Intent = Pick<AskedRoute, 'answers' | 'row'>;

/** The same intents with what asks for them by one route; none where it does not exist. */
async function routed<I extends Intent>(
  intents: readonly I[],
  query: (intent: I) => Vector | null | Promise<Vector | null>,
): Promise<readonly AskedRoute[]> {
  const asked: AskedRoute[] = [];
  for (const intent of intents) {
    const vector = await query(intent);
    if (vector) asked.push({ answers: intent.answers, row: intent.row, vector });
  }
  return asked;
}
