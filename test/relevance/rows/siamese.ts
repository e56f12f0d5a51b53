import type { Measure, QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import { number } from '../present.ts';
import { liftOf, liftsOf, reportArms } from '../report-arms.ts';
import type { RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { askedListings, judgePairs, towerVectors } from '../siamese/judge-pairs.ts';
import type { AskedListing } from '../siamese/judge-pairs.ts';
import { byWords } from '../siamese/by-words.ts';
import { handAround, readListings, siameseInput } from '../siamese/listings.ts';
import type { Listing } from '../siamese/listings.ts';
import { roomBaselines } from '../siamese/room-baselines.ts';
import { pairsOf, readRooms } from '../siamese/rooms.ts';
import type { Rooms } from '../siamese/rooms.ts';
import { liesAbove, showsNoGain, standing } from '../standing.ts';
import { meanFigures } from '../training/mean-figures.ts';
import { SEEDS, seedsOf } from '../training/seeds.ts';
import { tellLift } from '../training/tell-lift.ts';
import { trainedRecipe } from '../training/trained-recipe.ts';

/** Listings that stand in one room, after eBay's "Beyond Words". */
export const row: RelevanceRow = {
  name: 'siamese',
  claim:
    'Towers with shared weights on frozen text and picture vectors find what stands in one room better on a TransH hyperplane and with a mismatch module than without both.',
  needs: ['ikea'],
  run,
};

const PROJECTIONS = ['none', 'linear', 'rotation', 'TransH'] as const;
const OURS = 'TransH with mismatch';
const MEASURE = 'nDCG@10';
const FROZEN = 'concatenated, as they are';
/** Untrained, every tower passes the text on (`as_it_is` in training/siamese.py): what it has learned is what it brings over this. */
const UNTAUGHT = 'text alone, as it is';

/** Trained on them and ranked by them; whatever pictures bring is gone. */
const SHUFFLED = 'pictures shuffled';
const BLIND = ['none', OURS].map((arm) => [arm, `${arm}, ${SHUFFLED}`] as const);

async function run({ encoded, say }: RowContext): Promise<RowReport> {
  const records = await encoded.records(await encoded.catalogue('ikea'));
  const listings = readListings(records, ({ type }) => type, { encoders: encoded.encoders, trained: records });
  const rooms = readRooms(records);
  const asked = askedListings(rooms, 'test');
  const packed = siameseInput(listings, pairsOf(rooms.train));
  const folder = await trainedRecipe({ recipe: 'siamese.py', packed, args: ['--seeds', String(SEEDS)], say });
  const { arms: baselines, share } = roomBaselines(listings, rooms, asked);
  const arms = new Map([...baselines, ['BM25 alone', await byWords(records, asked, { encoded, say })]]);
  for (const projection of PROJECTIONS)
    for (const name of [projection, `${projection} with mismatch`])
      arms.set(name, await judgeArm(folder, name, { listings, asked }));
  for (const [name, figures] of await judgeBlind(rooms, { listings, asked, say })) arms.set(name, figures);
  const groups = asked.map(({ room }) => String(room));
  const over = (base: string, measure: Measure = MEASURE) => ({ measure, base, groups }) as const;
  const result = liftOf(arms, OURS, over('none'));
  const strangers = new Map([...arms, ['strangers', await judgeStrangers(rooms, { listings, asked, say })]]);
  const control = {
    name: 'trained on pairs handed around, over text alone',
    result: liftOf(strangers, 'strangers', over(UNTAUGHT)),
  };
  return {
    metric: `relative lift of nDCG@10 of ${OURS} over towers without projection and mismatch module`,
    result,
    baselines: liftsOf(arms, over('none'), [OURS]),
    control,
    n: asked.length,
    goal: 0,
    ...standing([liesAbove(result, 'the lift'), showsNoGain(control)]),
    arms: reportArms(arms, over('none')),
    notes: [
      `${rooms.train.length} rooms train, ${rooms.test.length} are asked about (photos of one room stay together); each of ${asked.length} listings ranks all ${listings.length}. Right is what stands with it in a test room and in no training room. Rooms stand for what viewers click together, which is not public. The fixed blend has ${number(share)} of pictures, chosen on rooms that are not reported. Seeds of training: ${SEEDS}.`,
      ...findings((arm, base, measure) => tellLift(liftOf(arms, arm, over(base, measure)))),
      `What standing together teaches: towers (none) ${tellLift(liftOf(arms, 'none', over(UNTAUGHT)))} over text alone; trained on pairs handed around ${tellLift(control.result)}. One over the other: ${tellLift(liftOf(strangers, 'none', over('strangers')))}.`,
    ],
  };
}

function findings(lift: (arm: string, base: string, measure?: Measure) => string): readonly string[] {
  const projections = PROJECTIONS.slice(1).map((name) => `${name} ${lift(name, 'none')}`);
  const modules = PROJECTIONS.map((name) => `${name} ${lift(`${name} with mismatch`, name)}`);
  const pictures = BLIND.map(
    ([arm, blind]) =>
      `${arm} ${lift(arm, blind)}, Recall@100 ${lift(arm, blind, 'Recall@100')} (${SHUFFLED} ${lift(blind, UNTAUGHT)} over text alone)`,
  );
  return [
    `The projection alone, over none: ${projections.join('; ')}.`,
    `The mismatch module alone: ${modules.join('; ')}.`,
    `Towers over frozen vectors: over text ${lift(OURS, UNTAUGHT)}, over both concatenated ${lift(OURS, FROZEN)}, over a fixed blend ${lift(OURS, 'fixed blend')}; over BM25 ${lift(OURS, 'BM25 alone')}; over rooms alone ${lift(OURS, 'rooms alone (walks of three steps)')}.`,
    `What pictures bring, over the same with ${SHUFFLED}: ${pictures.join('; ')}.`,
  ];
}

interface Judged {
  readonly listings: readonly Listing[];
  readonly asked: readonly AskedListing[];
}

/** The claim, and what it is held against, where every listing shows another's picture. */
async function judgeBlind(
  rooms: Rooms,
  { listings, asked, say }: Judged & Pick<RowContext, 'say'>,
): Promise<ReadonlyMap<string, readonly QueryFigures[]>> {
  const handed = handAround(listings);
  const args = ['--seeds', String(SEEDS), '--projections', 'none', 'TransH'];
  const packed = siameseInput(handed, pairsOf(rooms.train));
  const folder = await trainedRecipe({ recipe: 'siamese.py', packed, args, say });
  const arms = new Map<string, readonly QueryFigures[]>();
  for (const [arm, name] of BLIND) arms.set(name, await judgeArm(folder, arm, { listings: handed, asked }));
  return arms;
}

async function judgeArm(folder: string, arm: string, { listings, asked }: Judged): Promise<readonly QueryFigures[]> {
  const runs: (readonly QueryFigures[])[] = [];
  for (const seed of await seedsOf(folder, arm)) runs.push(judgePairs(await towerVectors(seed, listings), asked));
  return meanFigures(runs);
}

/** The control: the second of each pair is another listing's, so nothing can be learned from standing together. */
async function judgeStrangers(
  rooms: Rooms,
  { say, ...judged }: Judged & Pick<RowContext, 'say'>,
): Promise<readonly QueryFigures[]> {
  const pairs = pairsOf(rooms.train);
  const handed = pairs.map(([left], i) => [left, pairs[(i * 7919 + 13) % pairs.length]?.[1] ?? 0] as const);
  const packed = siameseInput(judged.listings, handed);
  const folder = await trainedRecipe({
    recipe: 'siamese.py',
    packed,
    args: ['--seeds', String(SEEDS), '--projections', 'none'],
    say,
  });
  return judgeArm(folder, 'none', judged);
}
