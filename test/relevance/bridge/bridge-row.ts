import { MedleyError } from '../../../src/runtime/errors.ts';
import type { ColourSource } from '../colours/coloured-item.ts';
import { liftEstimate, meanEstimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import type { Estimate } from '../../../subgraphs/retrieval/measures/bootstrap.ts';
import { mean } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { Measure, QueryFigures } from '../../../subgraphs/retrieval/measures/query-figures.ts';
import type { ArmReport, RelevanceRow, RowContext, RowReport } from '../relevance-row.ts';
import { number } from '../present.ts';
import { liesAbove, reaches, showsNoGain, standing } from '../standing.ts';
import type { Check } from '../standing.ts';
import { askedKinds, MENDED, TITLE, WHOLE } from './asked-kinds.ts';
import { holdOut } from './held-out-photos.ts';
import type { HeldOutPhotos, RankedPhotos } from './held-out-photos.ts';
import { byChance, handedAround, judgeBridges } from './judge-bridges.ts';
import type { BridgeFigures } from './judge-bridges.ts';
import type { Described, Question } from './questions.ts';
import { mending } from './mended.ts';
import { trainedPhotos } from './trained-photos.ts';

const CLOSED = 'in closed form';
const TRAINED = 'contrastive heads';
/** What chance and photos handed around are told of. */
const YARDSTICKS = [TITLE, WHOLE] as const;

interface BridgeRowOptions {
  /** What the claim is about; the other stands beside it. */
  readonly bridge: typeof CLOSED | typeof TRAINED;
  readonly source: ColourSource;
  /** Photos that the bridge has not seen, and that are ranked. */
  readonly heldOut: number;
  /** Recall@10 of titles. */
  readonly goal: number;
  /** hit@1 of colour and type, and for whom where the catalogue says; each wording once, the harder way to ask. */
  readonly firstHit: number;
}

/** How well words find photos of items that nothing was fitted to, by the bridge alone: what kind of words works, and what does not. */
export function bridgeRow(name: string, options: BridgeRowOptions): RelevanceRow {
  return {
    name,
    claim: `A bridge learned from the rest of the catalogue (${options.bridge}) finds the photo that belongs to a title among ${options.heldOut} that it has not seen.`,
    needs: [options.source.catalogue],
    run: (context) => run(context, options),
  };
}

async function run(context: RowContext, options: BridgeRowOptions): Promise<RowReport> {
  const { encoded } = context;
  const photos = await holdOut(encoded, options.source.catalogue, options.heldOut);
  const items = photos.records.map(({ item, fields }) => ({
    id: item.id,
    title: item.title,
    looks: options.source.read(fields),
  }));
  const kinds = await askedKinds(items, await mending(options.source.catalogue, context));
  const heads = await trainedOrWhy(photos, context);
  const closed = await judgeBridges([photos], kinds, encoded);
  const trained = typeof heads === 'string' ? undefined : await judgeBridges(heads, kinds, encoded);
  const claimed = options.bridge === TRAINED && typeof heads !== 'string' ? heads : [photos];
  const swapped = await judgeBridges(handedAround(claimed), kinds, encoded);
  const random = await judgeBridges([byChance(photos)], only(kinds, YARDSTICKS), encoded);
  const ours = options.bridge === TRAINED && trained ? trained : closed;
  const chance = 10 / photos.records.length;
  const result = meanEstimate(series(ours, TITLE, 'Recall@10'));
  const control = {
    name: `photos handed around (chance ${chance.toFixed(3)})`,
    result: meanEstimate(series(swapped, TITLE, 'Recall@10')),
    chance,
  };
  return {
    metric: `title to photo Recall@10 among ${photos.records.length}, ${ours === trained ? TRAINED : CLOSED}`,
    result,
    baselines: {
      random: chance,
      'the type alone': typeAlone(items),
      ...(trained && {
        [ours === trained ? CLOSED : TRAINED]: mean(series(ours === trained ? closed : trained, TITLE, 'Recall@10')),
      }),
    },
    control,
    n: items.length,
    goal: options.goal,
    ...standing([
      reaches(result, options.goal, 'the goal of titles'),
      firstHits(ours, options.firstHit),
      liesAbove(result, 'Recall@10', chance),
      ...(ours === trained ? [liesAbove(liftOver(trained, closed, TITLE), 'the lift over the closed form')] : []),
      showsNoGain(control),
    ]),
    arms: [
      ...armsOf('random', random, closed),
      ...armsOf(`${claimed === heads ? TRAINED : CLOSED}, photos handed around`, only(swapped, YARDSTICKS), closed),
      ...armsOf(CLOSED, closed),
      ...(trained ? armsOf(TRAINED, trained, closed) : []),
    ],
    notes: [
      'Right are the photos of items whose record says colour, type and wearer, or whose title says the material or pattern; all held-out photos are ranked. Asked for each item, a wording counts as often as there are items that it fits; elsewhere once.',
      `Whoever knew of every photo what type of thing it shows, and nothing of its looks, would find ${number(typeAlone(items))} of the titles among ten (the type alone).`,
      mendedNote(kinds),
      `The product's own check of the closed form, on other pairs that it kept from the fit: ${photos.fitting.outcome.reason}`,
      typeof heads === 'string' ? `Contrastive heads were not measured: ${heads}` : trainedNote(heads.length),
    ],
  };
}

/** Seeds of trained heads; why there are none, where no Python can train. */
async function trainedOrWhy(photos: HeldOutPhotos, context: RowContext): Promise<readonly RankedPhotos[] | string> {
  try {
    const trained = await trainedPhotos(photos, context);
    return trained.length > 0 ? trained : photos.fitting.outcome.reason;
  } catch (error) {
    if (!(error instanceof MedleyError) || error.code !== 'INVALID_SETTING') throw error;
    return error.message;
  }
}

function trainedNote(seeds: number): string {
  return `Contrastive heads (training/bridge.py) are trained on the same rest of the catalogue: titles, whole texts and phrases made of records; means of ${seeds} seeds. Their settings were chosen on another draw of held-out photos. Lifts are those of Recall@10 over the closed form. A build takes such heads only where they find more of the pairs that it holds out.`;
}

function mendedNote(kinds: ReadonlyMap<string, readonly Question[]>): string {
  const [meant = [], mended = []] = [WHOLE, MENDED].map((kind) => kinds.get(kind));
  const right = mended.filter(({ text }, i) => text === meant[i]?.text).length;
  return `With a typo, two letters of the longest word change places, and the bridge sees the words as they were sent. Mended, it sees what a search of the product makes of them by the words of the whole catalogue: ${right} of ${mended.length} are then what was meant, letter for letter.`;
}

function firstHits(figures: BridgeFigures, goal: number): Check {
  return reaches(
    meanEstimate(series(figures, WHOLE, 'hit@1')),
    goal,
    `hit@1 of "${WHOLE}", each wording once, goal ${goal},`,
  );
}

function only<Each>(kinds: ReadonlyMap<string, Each>, names: readonly string[]): ReadonlyMap<string, Each> {
  return new Map([...kinds].filter(([name]) => names.includes(name)));
}

function series(figures: BridgeFigures, kind: string, measure: Measure): readonly number[] {
  return (figures.get(kind) ?? []).map((each) => each[measure]);
}

function liftOver(figures: BridgeFigures, base: BridgeFigures, kind: string): Estimate {
  return liftEstimate(series(figures, kind, 'Recall@10'), series(base, kind, 'Recall@10'));
}

function armsOf(bridge: string, figures: BridgeFigures, base?: BridgeFigures): readonly ArmReport[] {
  return [...figures].map(([kind, all]) => ({
    name: `${kind} (${all.length}), ${bridge}`,
    figures: figuresOf(all),
    ...(base && { lift: liftOver(figures, base, kind) }),
  }));
}

const TOLD = ['Recall@10', 'Recall@100', 'hit@1', 'MRR', 'nDCG@10'] as const satisfies readonly Measure[];

function figuresOf(figures: readonly QueryFigures[]): Readonly<Record<string, number>> {
  return Object.fromEntries(TOLD.map((measure) => [measure, mean(figures.map((each) => each[measure]))]));
}

/** Knowing what kind of thing it is, and nothing of its looks: the right photo stands anywhere among those of its type. */
function typeAlone(items: readonly Described[]): number {
  const sizes = new Map(
    [...Map.groupBy(items, ({ looks }) => looks?.type ?? '')].map(([type, all]) => [type, all.length]),
  );
  return mean(items.map(({ looks }) => Math.min(1, 10 / (sizes.get(looks?.type ?? '') ?? 1))));
}
