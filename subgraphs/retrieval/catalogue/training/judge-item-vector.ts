import { unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import type { Fitting } from '../fitting/fitting.ts';
import { differenceEstimate } from '../../measures/bootstrap.ts';
import type { Estimate } from '../../measures/bootstrap.ts';
import { mean } from '../../measures/query-figures.ts';
import { sharesFound } from './found-answers.ts';
import type { AskedRoute } from './found-answers.ts';
import type { Intents, NamedItem, Wording } from './intents.ts';
import type { Towers } from '../fitting/towers.ts';

/** Items that the towers have not seen, and what is asked of them. */
export interface Strangers {
  readonly items: readonly NamedItem[];
  readonly intents: Intents;
}

/** Recall@10 of one kind of query, by the vectors that it is compared with. */
export interface RouteFigures {
  readonly item: number;
  readonly text: number;
  readonly picture: number;
  /** How much more the item vector finds than what is asked finds among its own kind: words in text, photos in looks. */
  readonly gain: Estimate;
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
  const words = (query: (wording: Wording) => Vector | null | Promise<Vector | null>) => routed(intents.words, query);
  const photos = (query: (row: number) => Vector | null | Promise<Vector | null>) =>
    routed(intents.photos, ({ row }) => query(row));
  const byWords = {
    item: sharesFound(await words(({ vector }) => towers.words(vector)), fused),
    text: sharesFound(await words(({ vector }) => unit(vector)), text),
    picture: sharesFound(await words(({ vector, text }) => rival.centreQuery(vector, text)), bridged),
  };
  const byPhotos = {
    item: sharesFound(await photos((row) => towers.picture(seen[row]?.picture ?? new Float32Array())), fused),
    text: sharesFound(await photos((row) => rival.bridgeQueryPicture(photoOf(row))), text),
    picture: sharesFound(await photos((row) => looks[row] ?? null), looks),
  };
  return {
    words: figuresOf(byWords, byWords.text),
    photos: figuresOf(byPhotos, byPhotos.picture),
    vectors: fused.flatMap((vector) => vector ?? []),
  };
}

type Shares = Readonly<Record<'item' | 'text' | 'picture', readonly number[]>>;

/** What a route does not exist for finds nothing. */
function figuresOf({ item, text, picture }: Shares, own: readonly number[]): RouteFigures {
  return {
    item: mean(item),
    text: mean(text),
    picture: mean(picture),
    gain: differenceEstimate(
      own.map((_, i) => item[i] ?? 0),
      own,
    ),
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
