import type { Estimate } from '../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Control } from './control.ts';
import type { EncodedData } from './encodings/encoded-data.ts';

/** One claim of Medley, measured. `npm run relevance -- NAME` runs `rows/NAME.ts`, which exports it as `row`. */
export interface RelevanceRow {
  readonly name: string;
  /** One sentence: what it would take for this to be wrong. */
  readonly claim: string;
  /** Folders of the evaluation data that it reads; without them it is skipped. */
  readonly needs: readonly string[];
  run(context: RowContext): Promise<RowReport>;
  /** What every setting that was tried is worth on the validation part, as a table; nothing of the test part is read. */
  readonly tune?: (context: RowContext) => Promise<string>;
}

export interface RowContext {
  /** The folder of the evaluation data. */
  readonly folder: string;
  /** Catalogues of the evaluation data as the product's own encoders see them, encoded once. */
  readonly encoded: EncodedData;
  /** Tells a person on standard error what is going on. */
  readonly say: (line: string) => void;
}

/** What was measured on the test part; nothing of it was used to choose anything. */
export interface RowReport {
  /** What `value` is, for example `nDCG@10` or `relative lift of nDCG@10 over text alone`. */
  readonly metric: string;
  readonly result: Estimate;
  /** The same metric of everything that it has to be better than, by name. */
  readonly baselines: Readonly<Record<string, number>>;
  /** Null where there is no such thing. */
  readonly control: Control | null;
  /** How many queries (viewers, pairs) the test part has. */
  readonly n: number;
  readonly goal: number;
  /** Reached the goal, with an interval that leaves no doubt about the sign, and a control that shows no gain. */
  readonly reproduced: boolean;
  /** What keeps it from being reproduced. */
  readonly missed?: readonly string[];
  /** Every way of ranking that was compared, for people. */
  readonly arms: readonly ArmReport[];
  /** What a reader has to know: splits, what was tuned, by which classes it differs. */
  readonly notes: readonly string[];
}

export interface ArmReport {
  readonly name: string;
  /** Means over the test part, by measure. */
  readonly figures: Readonly<Record<string, number>>;
  /** The relative lift of the first measure over the base arm; absent for the base itself. */
  readonly lift?: Estimate;
}
