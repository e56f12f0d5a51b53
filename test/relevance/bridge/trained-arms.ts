import { MedleyError } from '../../../src/runtime/errors.ts';
import { liftEstimate } from '../measures/bootstrap.ts';
import type { Estimate } from '../measures/bootstrap.ts';
import { queryFigures } from '../measures/query-figures.ts';
import type { QueryFigures } from '../measures/query-figures.ts';
import type { RowContext } from '../relevance-row.ts';
import { meanFigures } from '../training/mean-figures.ts';
import { tellLift } from '../training/tell-lift.ts';
import type { HeldOutPhotos, RankedPhotos } from './held-out-photos.ts';
import type { Question } from './questions.ts';
import { trainedPhotos } from './trained-photos.ts';

/** What trained heads make of questions, beside the bridge in closed form. */
export interface TrainedAnswers {
  readonly name: string;
  /** Means over seeds, question by question. */
  readonly figures: readonly QueryFigures[];
  /** Of Recall@10 over the closed form. */
  readonly lift: Estimate;
}

/** Questions by kind, asked of both; a sentence alone where there is no Python that can train. */
export async function trainedAnswers(
  photos: HeldOutPhotos,
  kinds: Readonly<Record<string, readonly Question[]>>,
  context: RowContext,
): Promise<{ readonly answers: readonly TrainedAnswers[]; readonly note: string }> {
  try {
    const trained = await trainedPhotos(photos, context);
    const answers: TrainedAnswers[] = [];
    for (const [name, questions] of Object.entries(kinds)) {
      const words = await context.encoded.queries(questions.map(({ text }) => text));
      const judge = ({ rank }: RankedPhotos) =>
        rank(words).map((ranking, i) => queryFigures(ranking, questions[i]?.grades ?? new Map()));
      const figures = meanFigures(trained.map(judge));
      const [ours, base] = [figures, judge(photos)].map((all) => all.map((each) => each['Recall@10']));
      answers.push({ name: `contrastive heads: ${name}`, figures, lift: liftEstimate(ours ?? [], base ?? []) });
    }
    return { answers, note: noteOf(answers, trained.length) };
  } catch (error) {
    if (!(error instanceof MedleyError) || error.code !== 'INVALID_SETTING') throw error;
    return { answers: [], note: `Contrastive heads were not measured: ${error.message}` };
  }
}

function noteOf(answers: readonly TrainedAnswers[], seeds: number): string {
  const lifts = answers.map(({ name, lift }) => `${name} ${tellLift(lift)}`).join('; ');
  return `Contrastive heads (training/bridge.py) are trained on the same rest of the catalogue: titles, whole texts and phrases made of records; means of ${seeds} seeds. Recall@10 over the closed form: ${lifts}. Their settings were chosen on another draw of held-out photos.`;
}
