import {
  armsOf,
  ASKED_BY,
  betterSingle,
  figuresOf,
  findings,
  liftOfWords,
  liftOver,
  meanOf,
  withSecondTask,
} from '../item-vector/compare-towers.ts';
import { judgeByChance, TASKS } from '../item-vector/judge-towers.ts';
import type { Task } from '../item-vector/judge-towers.ts';
import { judgedTowers } from '../item-vector/tower-arms.ts';
import type { JudgedTowers } from '../item-vector/tower-arms.ts';
import type { ShopPart } from '../item-vector/intents.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { ArmReport, RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { number } from '../present.ts';
import type { Arms } from '../report-arms.ts';
import { judgeWords } from '../shop/judge-words.ts';
import { liesAbove, showsNoGain, standing } from '../standing.ts';
import type { Check } from '../standing.ts';
import { tellLift } from '../training/tell-lift.ts';

/** One vector an item for both kinds of query, after ItemSage. */
export const row: RelevanceRow = {
  name: 'item-vector',
  claim:
    'One trained vector an item answers queries in words and queries by photo at least as well as the better single modality.',
  needs: ['fashion'],
  run,
};

/** A second task may not cost the first more. */
const MOST_COST = 0.01;

const BEATEN = ['text alone', 'image alone', 'concatenated', 'fixed blend', 'sum', 'MLP'] as const;

async function run(context: RowContext): Promise<RowReport> {
  const judged = await judgedTowers(context);
  const lifts = TASKS.map((task) => liftOver(judged, task, ['item vector', betterSingle(judged, task)]));
  const result = lifts.reduce((least, lift) => (lift.low < least.low ? lift : least));
  const control = {
    name: 'trained with pictures handed around: words, over text alone',
    result: liftOver(judged, 'text', ['pictures shuffled', 'text alone']),
  };
  const { part, seeds, shares } = judged;
  const words = await wordsAlone(context, part);
  return {
    metric: 'relative lift of nDCG@10 over the better single modality, on the harder of words and photos',
    result,
    baselines: baselinesOf(judged, words),
    control,
    n: part.text.length + part.picture.length,
    goal: 0,
    ...standing([
      ...TASKS.map((task, at) => liesAbove(lifts[at] ?? result, `the lift on ${ASKED_BY[task]}`)),
      ...TASKS.map((task) => secondTask(task, withSecondTask(judged, task))),
      showsNoGain(control),
    ]),
    arms: [...armsOf(judged), ...wordArms(judged, words)],
    notes: [
      `${part.text.length} wordings ("colour type", "colour type for wearer") and ${part.picture.length} photos rank ${part.items.length} items; no item, photo or wording of them was trained on or tuned with. Half of the titles do not name the colour. Right is every item of that type, colour and (if told) wearer: a stand-in for what was clicked, which is not public. Seeds of training: ${seeds}; whole types are drawn for the intervals.`,
      `Concatenated are the vectors of text alone and of image alone, laid end to end for items and queries alike; the fixed blend gives the picture a share that is best on other wordings (${number(shares.text)}) and on other photos (${number(shares.picture)}).`,
      ...findings(judged),
    ],
  };
}

/** The same lift of everything else, on words and on photos. */
function baselinesOf(judged: JudgedTowers, words: Arms<Measure>): RowReport['baselines'] {
  const { arms, part } = judged;
  const others: readonly (readonly [string, Task, number])[] = [
    ...TASKS.flatMap((task) => BEATEN.map((arm) => [arm, task, meanOf(arms.get(arm), task)] as const)),
    ...[...words].map(([name, text]) => [name, 'text', meanOf({ text, picture: [] }, 'text')] as const),
    ['random', 'picture', meanOf({ text: [], picture: judgeByChance(part, part.picture) }, 'picture')],
  ];
  const lift = (task: Task, value: number) => value / meanOf(arms.get(betterSingle(judged, task)), task) - 1;
  return Object.fromEntries(others.map(([name, task, value]) => [`${name}, ${ASKED_BY[task]}`, lift(task, value)]));
}

function secondTask(task: Task, cost: Estimate): Check {
  return { holds: cost.value >= -MOST_COST, otherwise: `the other task costs ${ASKED_BY[task]} ${tellLift(cost)}` };
}

/** Chance, and BM25 over the same titles, for queries in words. */
function wordsAlone(context: RowContext, { items, text }: ShopPart): Promise<Arms<Measure>> {
  const records = items.map(({ record, title }) => ({ ...record.fields, title, baseColour: '' }));
  const queries = text.map(({ words = '', answers }) => ({
    text: words,
    grades: new Map(answers.map((at) => [items[at]?.id ?? '', 1])),
  }));
  return judgeWords(context, { catalogue: 'fashion', records, queries });
}

function wordArms(judged: JudgedTowers, words: Arms<Measure>): readonly ArmReport[] {
  const picture = judgeByChance(judged.part, judged.part.picture);
  return [...words].map(([name, text]) => ({
    name,
    figures: figuresOf({ text, picture }, name === 'random' ? TASKS : ['text']),
    lift: liftOfWords(judged, text),
  }));
}
