import { BOTH, colourCase, TEXT, typesOf } from '../colours/colour-case.ts';
import type { ColourCase } from '../colours/colour-case.ts';
import { FASHION, IKEA } from '../colours/coloured-item.ts';
import { number } from '../present.ts';
import { baselinesOf, liftOf, reportArms, showsNothing } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';

export const row: RelevanceRow = {
  name: 'colour-withheld',
  claim:
    'Where titles say no colours, pictures find them: queries for a colour and a type, of types whose queries were never logged, ' +
    'are ranked better by text and looks than by text alone (the opening case of MRSE, arXiv 2408.14968).',
  needs: ['fashion', 'ikea'],
  run,
};

const GOAL = 0.189;

async function run(context: RowContext): Promise<RowReport> {
  const fashion = await colourCase(context, { source: FASHION, withheld: true });
  const compared = comparedBy(fashion);
  const result = liftOf(fashion.arms, BOTH, compared);
  const control = liftOf(await fashion.control(), BOTH, compared);
  const text = baselinesOf(fashion.arms, 'nDCG@10')[TEXT] ?? 1;
  const baselines = Object.entries(baselinesOf(fashion.arms, 'nDCG@10', [BOTH]));
  const notes = [
    noteOf('fashion, colours withheld', fashion),
    noteOf('fashion, colours told', await colourCase(context, { source: FASHION, withheld: false })),
    noteOf('furniture (ikea), colours withheld', await colourCase(context, { source: IKEA, withheld: true })),
  ];
  return {
    metric: 'relative lift of nDCG@10 over text alone, colours withheld',
    result,
    baselines: Object.fromEntries(baselines.map(([arm, value]) => [arm, value / text - 1])),
    control: { name: 'the same lift, tuned anew, when pictures are handed around', result: control },
    n: fashion.test.length,
    goal: GOAL,
    reproduced: result.value >= GOAL && result.low > 0 && showsNothing(control),
    arms: reportArms(fashion.arms, compared),
    notes: [
      'Grade 2 for colour and type (and wearer, where the query names one), 1 for the type. Types are divided by hash: 40 % teach, ' +
        '20 % tune, 40 % are reported; whole types are drawn for the intervals.',
      ...notes,
    ],
  };
}

function comparedBy({ test }: ColourCase) {
  return { measure: 'nDCG@10', base: TEXT, groups: typesOf(test) } as const;
}

function noteOf(name: string, colours: ColourCase): string {
  const figures = baselinesOf(colours.arms, 'nDCG@10');
  const lift = liftOf(colours.arms, BOTH, comparedBy(colours));
  const installed = liftOf(colours.arms, 'as installed', comparedBy(colours));
  const told = [TEXT, BOTH, 'as installed', 'BM25 alone', 'image alone'].map(
    (arm) => `${arm} ${number(figures[arm] ?? 0)}`,
  );
  return (
    `${name}: nDCG@10 of ${colours.test.length} queries: ${told.join(', ')}. Lift over text alone: with looks ${percentOf(lift)}, as installed ` +
    `${percentOf(installed)}. Looks are ${number(colours.tuned.both.settings.image)} of the blend; ${colours.logged} logged queries; ${colours.shop.built.bridge.reason}`
  );
}

function percentOf({
  value,
  low,
  high,
}: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}): string {
  return `${(100 * value).toFixed(1)} % [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}
