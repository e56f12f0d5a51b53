import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { blend, remembering } from './arm.ts';
import type { Arm, BlendSettings } from './arm.ts';
import { meanOf } from './judge.ts';
import type { JudgedQuery } from './judge.ts';
import type { AskedQuery, Shop } from './open-shop.ts';

/** Finds settings on the validation part; `measure` is what they are to be best in. */
export interface Tuner {
  readonly shop: Shop;
  readonly measure: Measure;
  readonly validation: readonly JudgedQuery[];
}

export interface Tuned {
  readonly settings: Required<BlendSettings>;
  readonly arm: Arm;
  /** On the validation part. */
  readonly figure: number;
}

/** The best among given settings. The first of equals wins. */
export async function bestOf(tuner: Tuner, settings: readonly BlendSettings[]): Promise<Tuned> {
  const figure = await figurer(tuner);
  return best(settings, figure);
}

const STEPS = [0.2, 0.1] as const;
const POPULARITIES = [0, 0.03, 0.06, 0.1, 0.15, 0.2] as const;

/** The best weights of three signals, from a coarse grid to a fine one around its best, then the best share of popularity. */
export async function tuneBlend(tuner: Tuner, { popular = false } = {}): Promise<Tuned> {
  const figure = await figurer(tuner);
  const [coarse, ...finer] = STEPS;
  let found = await best(simplex(coarse), figure);
  for (const step of finer) found = await best([found.settings, ...around(found.settings, step)], figure);
  if (!popular) return found;
  return best(
    POPULARITIES.map((popularity) => ({ ...found.settings, popularity })),
    figure,
  );
}

type Figure = (arm: Arm) => Promise<number>;

async function figurer({ shop, measure, validation }: Tuner): Promise<Figure> {
  const serving = remembering(shop);
  const asked: { asked: AskedQuery; grades: JudgedQuery['grades'] }[] = [];
  for (const query of validation) asked.push({ asked: await serving.ask(query), grades: query.grades });
  return (arm) => meanOf(serving, asked, { arm, measure });
}

async function best(settings: readonly BlendSettings[], figure: Figure): Promise<Tuned> {
  let found: Tuned | undefined;
  for (const each of settings) {
    const arm = blend(each);
    const value = await figure(arm);
    if (!found || value > found.figure) found = { settings: { ...NONE, ...each }, arm, figure: value };
  }
  if (!found) throw new RangeError('there is nothing to choose from');
  return found;
}

const NONE: Required<BlendSettings> = { lexical: 0, text: 0, image: 0, popularity: 0 };

function simplex(step: number): readonly BlendSettings[] {
  const count = Math.round(1 / step);
  return Array.from({ length: count + 1 }, (_, lexical) =>
    Array.from({ length: count + 1 - lexical }, (__, text) => ({
      lexical: lexical * step,
      text: text * step,
      image: (count - lexical - text) * step,
    })),
  ).flat();
}

function around({ lexical, text, image, popularity }: Required<BlendSettings>, step: number): readonly BlendSettings[] {
  const moves = [
    [1, -1, 0],
    [-1, 1, 0],
    [1, 0, -1],
    [-1, 0, 1],
    [0, 1, -1],
    [0, -1, 1],
  ] as const;
  return moves
    .map(([l, t, i]) => ({ lexical: lexical + l * step, text: text + t * step, image: image + i * step, popularity }))
    .filter((each) => Math.min(each.lexical, each.text, each.image) >= -1e-9)
    .map((each) => ({
      lexical: Math.max(0, each.lexical),
      text: Math.max(0, each.text),
      image: Math.max(0, each.image),
      popularity,
    }));
}
