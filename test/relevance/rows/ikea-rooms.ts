import { differenceEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Measure } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { interval, number } from '../present.ts';
import { baselinesOf, figuresOf, reportArms } from '../report-arms.ts';
import type { Arms } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { bestGrid, tellGrid } from '../room-photos/best-grid.ts';
import type { ChosenGrid } from '../room-photos/best-grid.ts';
import { GRID_SETTINGS, gridJudge } from '../room-photos/grid-views.ts';
import { handedAround } from '../room-photos/handed-around.ts';
import type { RankedPhoto } from '../room-photos/handed-around.ts';
import { popularElsewhere } from '../room-photos/popular-elsewhere.ts';
import { openRoomShop, queriesOf } from '../room-photos/room-shop.ts';
import type { RoomShop } from '../room-photos/room-shop.ts';
import { blend, CONCATENATED, DEFAULT, rankingOf } from '../shop/arm.ts';
import type { Arm } from '../shop/arm.ts';
import { judgeArms } from '../shop/judge.ts';
import { bestOf } from '../shop/tune.ts';
import { byChance } from '../shop/yardsticks.ts';
import { liesAbove, showsNoGain, standing } from '../standing.ts';

export const row: RelevanceRow = {
  name: 'ikea-rooms',
  claim: 'A photo of a furnished room finds more of the items that stand in it than photos of other rooms do.',
  needs: ['ikea'],
  run,
};

const MEASURE = 'nDCG@10';
const INSTALLED = 'as installed';
const HANDED = 'photos of other rooms';
const OF_ITS_KIND = 'photos of other rooms of its kind';
const POPULAR = 'popularity';
const RANDOM = 'random';
const SHARES = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);

async function run(context: RowContext): Promise<RowReport> {
  const rooms = await openRoomShop(context);
  const { test } = rooms;
  const ranked = await rankedPhotos(rooms);
  const chosen = await chooseOnValidation(rooms, context);
  const arms: Arms<Measure> = new Map([
    [HANDED, handedAround(ranked)],
    [OF_ITS_KIND, handedAround(ranked, 'kind')],
    [POPULAR, popularElsewhere(test, rooms.records)],
    ...(await judgeArms(rooms.shop, await queriesOf(test), { [RANDOM]: byChance(rooms.ids), ...chosen.whole })),
    ...(await partsOf(rooms, chosen, context)),
  ]);
  const groups = test.map(({ series }) => series);
  const over: Over = (arm, base) =>
    differenceEstimate(figuresOf(arms, arm, MEASURE), figuresOf(arms, base, MEASURE), { groups });
  const result = over(INSTALLED, HANDED);
  const control = { name: `${HANDED}, less ${RANDOM}`, result: over(HANDED, RANDOM) };
  return {
    metric: `${MEASURE} as installed, less that of ${HANDED}`,
    result,
    baselines: baselinesOf(arms, MEASURE, [INSTALLED]),
    control,
    n: test.length,
    goal: 0,
    ...standing([liesAbove(result, 'the gain'), showsNoGain(control)]),
    arms: reportArms(arms, { measure: MEASURE, base: INSTALLED, groups }),
    notes: [noteOfData(rooms), ...notesOf(chosen, over)],
  };
}

type Over = (arm: string, base: string) => Estimate;

interface Chosen {
  /** Ways of ranking by the whole photo, and what they are worth on validation. */
  readonly whole: Readonly<Record<string, Arm>>;
  readonly figures: Readonly<Record<string, number>>;
  readonly share: number;
  readonly grid: ChosenGrid;
  /** Whether parts find more on validation than any way of ranking by the whole photo. */
  readonly partsHelp: boolean;
}

async function chooseOnValidation(rooms: RoomShop, context: RowContext): Promise<Chosen> {
  const { shop, validation } = rooms;
  const queries = await queriesOf(validation);
  const fixed = await bestOf(
    { shop, measure: MEASURE, validation: queries },
    SHARES.map((image) => ({ text: 1 - image, image })),
  );
  const whole = {
    'text alone, over the bridge': blend({ text: 1 }),
    'looks alone': blend({ image: 1 }),
    concatenated: CONCATENATED,
    'fixed blend': fixed.arm,
    [INSTALLED]: DEFAULT,
  };
  const figures = baselinesOf(await judgeArms(shop, queries, whole), MEASURE);
  const grid = bestGrid(await gridJudge(validation, rooms, context), MEASURE);
  const partsHelp = grid.figure > Math.max(...Object.values(figures));
  return { whole, figures, share: fixed.settings.image, grid, partsHelp };
}

async function partsOf(rooms: RoomShop, { grid, partsHelp }: Chosen, context: RowContext): Promise<Arms<Measure>> {
  if (!partsHelp) return new Map();
  const judge = await gridJudge(rooms.test, { ...rooms, grids: [grid.grid] }, context);
  return new Map([[tellGrid(grid), judge(grid)]]);
}

function noteOfData({ validation, test, unanswered, ids }: RoomShop): string {
  const standing = mean(test.map(({ grades }) => grades.size));
  return (
    `Right are the items that the data says stand in the room, ${standing.toFixed(1)} of ${ids.length} on average, whether or not its photo shows them; the catalogue was not told the rooms. ` +
    `Settings were chosen on ${validation.length} rooms, ${test.length} others are reported (photos of one room stay together); ${unanswered} photos are left out whose room no item names. ` +
    `Popularity counts other rooms. For "${HANDED}" every other room's photo asks for a room's items: the mean of all ways to hand photos around.`
  );
}

function notesOf({ figures, share, grid, partsHelp }: Chosen, over: Over): readonly string[] {
  const told = Object.entries(figures).map(([arm, figure]) => `${arm} ${number(figure)}`);
  const parts = `${tellGrid(grid)} ${number(grid.figure)}, the best of ${GRID_SETTINGS.length} settings`;
  return [
    `${MEASURE} on the rooms that settings were chosen on: ${told.join(', ')}; ${parts}. The fixed blend has ${number(share)} of looks.`,
    `As installed, less photos of other rooms of its kind: ${interval(over(INSTALLED, OF_ITS_KIND))}; less popularity: ${interval(over(INSTALLED, POPULAR))}.`,
    partsHelp
      ? `Parts of the photo (the product looks at the whole and its middle), less as installed: ${interval(over(tellGrid(grid), INSTALLED))}; less looks alone: ${interval(over(tellGrid(grid), 'looks alone'))}.`
      : 'Parts of the photo found no more than the whole on validation, and are not reported.',
  ];
}

/** As the product answers an uploaded photo. */
async function rankedPhotos({ shop, test }: RoomShop): Promise<readonly RankedPhoto[]> {
  const queries = await queriesOf(test);
  const ranked: RankedPhoto[] = [];
  for (const [i, photo] of test.entries()) {
    const ranking = await rankingOf(shop, await shop.ask(queries[i] ?? {}), DEFAULT);
    ranked.push({ photo, ranking });
  }
  return ranked;
}
