import { liftEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { ArmReport } from '../relevance-row.ts';
import { tellLift } from '../training/tell-lift.ts';
import { TASKS } from './judge-towers.ts';
import type { Task, TaskFigures } from './judge-towers.ts';
import { typesOf } from './tower-arms.ts';
import type { Arm, JudgedTowers } from './tower-arms.ts';

export const ASKED_BY: Readonly<Record<Task, string>> = { text: 'words', picture: 'photo' };

export function meanOf(figures: TaskFigures | undefined, task: Task, measure: Measure = 'nDCG@10'): number {
  return mean((figures?.[task] ?? []).map((each) => each[measure]));
}

export function betterSingle({ arms }: JudgedTowers, task: Task): Arm {
  return meanOf(arms.get('text alone'), task) >= meanOf(arms.get('image alone'), task) ? 'text alone' : 'image alone';
}

/** The relative lift of nDCG@10; whole types of things are drawn. */
export function liftOver({ arms, part }: JudgedTowers, task: Task, [arm, base]: readonly [Arm, Arm]): Estimate {
  const of = (name: Arm) => (arms.get(name)?.[task] ?? []).map((each) => each['nDCG@10']);
  return liftEstimate(of(arm), of(base), { groups: typesOf(part)[task] });
}

export function armsOf(judged: JudgedTowers): readonly ArmReport[] {
  const trained = [...judged.arms].map(([name, figures]) => ({
    name,
    figures: figuresOf(figures),
    ...(name !== 'text alone' && { lift: liftOver(judged, 'text', [name, 'text alone']) }),
  }));
  const frozen = { name: 'the encoders as they are (titles, photos)', figures: figuresOf(judged.frozen) };
  return [...trained, { ...frozen, lift: liftOfWords(judged, judged.frozen.text) }];
}

/** What stands beside the trained arms, over text alone by queries in words. */
export function liftOfWords({ arms, part }: JudgedTowers, words: TaskFigures['text']): Estimate {
  const of = (figures: TaskFigures['text'] = []) => figures.map((each) => each['nDCG@10']);
  return liftEstimate(of(words), of(arms.get('text alone')?.text), { groups: typesOf(part).text });
}

/** Means by measure and task. */
export function figuresOf(figures: TaskFigures, tasks: readonly Task[] = TASKS): Readonly<Record<string, number>> {
  return Object.fromEntries(
    (['nDCG@10', 'MRR', 'Recall@10', 'Recall@100'] as const).flatMap((measure) =>
      tasks.map((task) => [`${measure}, ${ASKED_BY[task]}`, meanOf(figures, task, measure)]),
    ),
  );
}

/** What learning the other task, too, does to nDCG@10 of this one. */
export function withSecondTask(judged: JudgedTowers, task: Task): Estimate {
  return liftOver(judged, task, ['item vector', `only the ${task} task`]);
}

/** What else the arms say: against each single modality, other ways of joining, one task alone, other losses. */
export function findings(judged: JudgedTowers): readonly string[] {
  const against = (others: readonly Arm[]): string =>
    TASKS.flatMap((task) =>
      others.map(
        (other) => `${ASKED_BY[task]} over ${other} ${tellLift(liftOver(judged, task, ['item vector', other]))}`,
      ),
    ).join('; ');
  const cost = TASKS.map((task) => `${ASKED_BY[task]} ${tellLift(withSecondTask(judged, task))}`).join('; ');
  return [
    `Over the single modalities (nDCG@10): ${against(['text alone', 'image alone'])}.`,
    `Over other ways of joining: ${against(['concatenated', 'fixed blend', 'sum', 'MLP'])}.`,
    `What a second task does to the first, both against one alone: ${cost}.`,
    `Losses, both softmaxes with logQ against less: ${against(['in-batch negatives alone', 'random negatives alone', 'without logQ'])}.`,
  ];
}
