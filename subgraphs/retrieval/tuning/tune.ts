import pMap from 'p-map';
import { MedleyError } from '../../../src/runtime/errors.ts';
import type { RankingProfile } from '../ranking/ranking-profile.ts';
import { armsOf, AS_IT_IS, TUNED } from './arms.ts';
import type { Arm } from './arms.ts';
import { askForTable } from './candidate-table.ts';
import type { CandidateTable } from './candidate-table.ts';
import { checkServed } from './check-served.ts';
import { chooseWeights, presentIn } from './choose-weights.ts';
import type { FrontDoor } from './front-door.ts';
import { halvesOf } from './halves.ts';
import { judgeArm } from './judged-arm.ts';
import type { AskedArm, JudgedArm } from './judged-arm.ts';
import type { JudgedQuery } from './judged-queries.ts';
import { DEPTH } from './tuned-measure.ts';
import type { TunedMeasure } from './tuned-measure.ts';

export interface TuneSettings {
  readonly door: FrontDoor;
  /** As the server has it; LINEAR fusion. */
  readonly profile: RankingProfile;
  readonly measure: TunedMeasure;
  readonly onProgress?: (progress: { readonly phase: string; readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** What came of tuning, told on queries that were not tuned on. */
export interface Tuning {
  readonly measure: TunedMeasure;
  readonly tunedOn: number;
  readonly heldOut: number;
  readonly before: RankingProfile;
  /** With the weights that were chosen; the profile as it is where none ranked better. */
  readonly profile: RankingProfile;
  readonly arms: readonly JudgedArm[];
  /** Whether the interval of the tuned arm's lift over the profile as it is lies above zero. */
  readonly better: boolean;
}

/**
 * Chooses the priors of a profile on one half of the judged queries, and searches the other half at the front door to tell what they
 * are worth.
 *
 * @throws MedleyError INVALID_JUDGMENTS where they are too few or about other items; INVALID_SETTING where the server has another profile
 */
export async function tune(queries: readonly JudgedQuery[], settings: TuneSettings): Promise<Tuning> {
  const { door, profile: before, measure } = settings;
  const { tuning, heldOut } = halvesOf(queries);
  await checkServed(door, before, tuning);
  const tables = await each({ phase: 'asking about candidates', queries: tuning }, settings, (query) =>
    askForTable(query, before, door),
  );
  refuseUnknownItems(tables);
  const profile = chooseWeights(tables, before, measure);
  const arms = await askArms(armsOf(presentIn(tables), profile), heldOut, settings);
  const base = arms.find(({ name }) => name === AS_IT_IS);
  if (!base) throw new RangeError('the profile as it is has to be compared');
  const judged = arms.map((arm) => judgeArm(arm, { base, queries: heldOut, measure }));
  const better = judged.some((arm) => arm.name === TUNED && arm.lift.low > 0);
  return { measure, tunedOn: tuning.length, heldOut: heldOut.length, before, profile, arms: judged, better };
}

async function askArms(
  arms: readonly Arm[],
  heldOut: readonly JudgedQuery[],
  settings: TuneSettings,
): Promise<readonly AskedArm[]> {
  const asked = await each({ phase: 'searching held-out queries', queries: heldOut }, settings, async ({ words }) => {
    const rankings: (readonly string[])[] = [];
    for (const { weights } of arms) {
      const order = { words, profile: settings.profile.key, weights, first: DEPTH };
      rankings.push((await settings.door.search(order)).hits.map(({ id }) => id));
    }
    return rankings;
  });
  return arms.map((arm, i) => ({ ...arm, rankings: asked.map((rankings) => rankings[i] ?? []) }));
}

/** Few at a time: viewers are being served. */
const AT_ONCE = 2;

async function each<T>(
  { phase, queries }: { readonly phase: string; readonly queries: readonly JudgedQuery[] },
  { onProgress, signal }: TuneSettings,
  ask: (query: JudgedQuery) => Promise<T>,
): Promise<readonly T[]> {
  let done = 0;
  const told = async (query: JudgedQuery): Promise<T> => {
    const answer = await ask(query);
    onProgress?.({ phase, done: ++done, total: queries.length });
    return answer;
  };
  onProgress?.({ phase, done, total: queries.length });
  return pMap(queries, told, { concurrency: AT_ONCE, signal });
}

function refuseUnknownItems(tables: readonly CandidateTable[]): void {
  const known = tables.some(({ candidates, grades }) => candidates.some(({ id }) => (grades.get(id) ?? 0) > 0));
  if (known) return;
  throw new MedleyError(
    'INVALID_JUDGMENTS',
    'No relevant item was found for any query. Is "item" the id that the catalogue gives an item?',
  );
}
