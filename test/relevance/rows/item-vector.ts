import { armsOf, ASKED_BY, betterSingle, findings, liftOver, meanOf } from '../item-vector/compare-towers.ts';
import { TASKS } from '../item-vector/judge-towers.ts';
import { judgedTowers } from '../item-vector/tower-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { showsNothing } from '../report-arms.ts';

/** One vector an item for both kinds of query, after ItemSage. */
export const row: RelevanceRow = {
  name: 'item-vector',
  claim:
    'One trained vector an item answers queries in words and queries by photo at least as well as the better single modality.',
  needs: ['fashion'],
  run,
};

async function run(context: RowContext): Promise<RowReport> {
  const judged = await judgedTowers(context);
  const lifts = TASKS.map((task) => liftOver(judged, task, ['item vector', betterSingle(judged, task)]));
  const result = lifts.reduce((least, lift) => (lift.low < least.low ? lift : least));
  const control = liftOver(judged, 'text', ['pictures shuffled', 'text alone']);
  const { part, arms, seeds } = judged;
  const beaten = (['text alone', 'image alone', 'sum', 'MLP'] as const).flatMap((arm) =>
    TASKS.map((task) => [`${arm}, ${ASKED_BY[task]} (nDCG@10)`, meanOf(arms.get(arm), task)] as const),
  );
  return {
    metric: 'relative lift of nDCG@10 over the better single modality, on the harder of words and photos',
    result,
    baselines: Object.fromEntries(beaten),
    control: { name: 'trained with pictures handed around: words, over text alone', result: control },
    n: part.text.length + part.picture.length,
    goal: 0,
    reproduced: result.low > 0 && showsNothing(control),
    arms: armsOf(judged),
    notes: [
      `${part.text.length} wordings ("colour type", "colour type for wearer") and ${part.picture.length} photos rank ${part.items.length} items; no item, photo or wording of them was trained on or tuned with. Half of the titles do not name the colour. Right is every item of that type, colour and (if told) wearer: a stand-in for what was clicked, which is not public. Means of ${seeds} seeds; whole types are drawn for the intervals.`,
      ...findings(judged),
    ],
  };
}
