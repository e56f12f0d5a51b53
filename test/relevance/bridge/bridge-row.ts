import type { ColourSource } from '../colours/coloured-item.ts';
import { meanEstimate } from '../measures/bootstrap.ts';
import { mean, queryFigures } from '../measures/query-figures.ts';
import type { QueryFigures } from '../measures/query-figures.ts';
import type { ArmReport, RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { holdOut } from './held-out-photos.ts';
import type { HeldOutPhotos } from './held-out-photos.ts';
import { attributeQuestions, MATERIALS, PATTERNS, titleQuestions, withTypo, wordQuestions } from './questions.ts';
import type { Described, Question } from './questions.ts';
import { trainedAnswers } from './trained-arms.ts';

interface BridgeRowOptions {
  readonly source: ColourSource;
  /** Photos that the bridge has not seen, and that are ranked. */
  readonly heldOut: number;
  /** Recall@10 of titles. */
  readonly goal: number;
}

/** How well words find photos of items that nothing was fitted to, by the bridge alone: what kind of words works, and what does not. */
export function bridgeRow(name: string, { source, heldOut, goal }: BridgeRowOptions): RelevanceRow {
  return {
    name,
    claim: `A bridge fitted to the rest of the catalogue finds the photo that belongs to a title among ${heldOut} that it has not seen.`,
    needs: [source.catalogue],
    run: (context) => run(context, { source, heldOut, goal }),
  };
}

async function run(context: RowContext, { source, heldOut, goal }: BridgeRowOptions): Promise<RowReport> {
  const { encoded } = context;
  const photos = await holdOut(encoded, source.catalogue, heldOut);
  const items = photos.records.map(({ item, fields }) => ({
    id: item.id,
    title: item.title,
    looks: source.read(fields),
  }));
  const judge = async (questions: readonly Question[], rank = photos.rank): Promise<readonly QueryFigures[]> => {
    const rankings = rank(await encoded.queries(questions.map(({ text }) => text)));
    return questions.map(({ grades }, i) => queryFigures(rankings[i] ?? [], grades));
  };
  const titles = await judge(titleQuestions(items));
  const swapped = await judge(titleQuestions(items), photos.rankSwapped);
  const result = meanEstimate(recalls(titles));
  const control = meanEstimate(recalls(swapped));
  const chance = 10 / photos.records.length;
  const kinds = await kindsOf(items, judge);
  const asked = { title: titleQuestions(items), 'colour, type (for whom)': attributeQuestions(items) };
  const { answers, note } = await trainedAnswers(photos, asked, context);
  return {
    metric: `title to photo Recall@10 among ${photos.records.length}`,
    result,
    baselines: { random: chance, 'the type alone': typeAlone(items) },
    control: { name: `photos handed around (chance ${chance.toFixed(3)})`, result: control },
    n: titles.length,
    goal,
    reproduced: result.value >= goal && result.low > chance && control.low <= chance * 1.5,
    arms: [
      armOf('title', titles),
      ...kinds,
      ...answers.map(({ name: kind, figures, lift }) => ({ ...armOf(kind, figures), lift })),
    ],
    notes: [
      fittedNote(photos),
      note,
      'The photos of an item whose title says the word, or whose record says colour, type and wearer, are right; all held-out photos are ranked.',
    ],
  };
}

async function kindsOf(
  items: readonly Described[],
  judge: (questions: readonly Question[]) => Promise<readonly QueryFigures[]>,
): Promise<readonly ArmReport[]> {
  const attributes = attributeQuestions(items);
  const kinds: readonly (readonly [string, readonly Question[]])[] = [
    ['colour, type (for whom)', attributes],
    ['the same with a typo', attributes.map(withTypo)],
    ['material and type', wordQuestions(items, MATERIALS)],
    ['pattern and type', wordQuestions(items, PATTERNS)],
  ];
  const arms: ArmReport[] = [];
  for (const [name, questions] of kinds)
    if (questions.length > 0) arms.push(armOf(`${name} (${questions.length})`, await judge(questions)));
  return arms;
}

/** Knowing what kind of thing it is, and nothing of its looks: the right photo stands anywhere among those of its type. */
function typeAlone(items: readonly Described[]): number {
  const sizes = new Map(
    [...Map.groupBy(items, ({ looks }) => looks?.type ?? '')].map(([type, all]) => [type, all.length]),
  );
  return mean(items.map(({ looks }) => Math.min(1, 10 / (sizes.get(looks?.type ?? '') ?? 1))));
}

function recalls(figures: readonly QueryFigures[]): readonly number[] {
  return figures.map((each) => each['Recall@10']);
}

function armOf(name: string, figures: readonly QueryFigures[]): ArmReport {
  const of = (measure: keyof QueryFigures) => mean(figures.map((each) => each[measure]));
  return {
    name,
    figures: { 'Recall@10': of('Recall@10'), 'hit@1': of('hit@1'), MRR: of('MRR'), 'nDCG@10': of('nDCG@10') },
  };
}

function fittedNote({ fitting }: HeldOutPhotos): string {
  return `The product's own check of this bridge, on other pairs that it kept from the fit: ${fitting.outcome.reason}`;
}
