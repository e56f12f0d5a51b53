import { unit } from '../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../src/vocabulary/vector.ts';
import { acrossTexts, carry, centred } from './bridge.ts';
import type { Bridge } from './bridge.ts';
import { calibrateRoute, lexicalK } from './calibration.ts';
import type { Calibration, CosineSample } from './calibration.ts';
import { neighbourCosines, pairedCosines } from './cosine-samples.ts';
import { itemText } from './fit-sample.ts';
import type { FitSample, PicturedItem, SampleItem } from './fit-sample.ts';
import { project } from './projection.ts';
import type { Projection } from './projection.ts';

/** What was fitted to the pictures. The first `heldOut` of them are strangers to this bridge. */
export interface PictureEvidence {
  readonly items: readonly PicturedItem[];
  readonly standardised: readonly Vector[];
  readonly heldOut: number;
  readonly projection: Projection;
  readonly bridge?: Bridge;
}

const NOTHING: CosineSample = { matching: [], random: [] };
const MOST = 2000;

/**
 * Measures every route on the catalogue itself. Words are compared as viewers type them: logged queries where there are, short ones
 * made of an item's words elsewhere. Only held-out pairs speak for the bridge: it flatters those that it was fitted to.
 */
export function calibrate(
  sample: FitSample,
  { lexicalK: k, evidence }: { lexicalK?: number; evidence?: PictureEvidence },
): Calibration {
  const texts = sample.items.slice(0, MOST).map((item) => unit(itemText(item)));
  const looks = evidence ? project(evidence.projection, evidence.standardised.slice(0, MOST)) : [];
  const nearest = calibrateRoute(neighbourCosines(looks));
  const bridged = evidence?.bridge ? bridgedCosines(evidence, evidence.bridge) : { words: NOTHING, picture: NOTHING };
  return {
    lexicalK: k ?? lexicalK([]),
    routes: {
      'words->text': calibrateRoute(wordCosines(sample.items)),
      'words->picture': calibrateRoute(bridged.words),
      'picture->picture': nearest,
      'picture->text': calibrateRoute(bridged.picture),
      'item->text': calibrateRoute(neighbourCosines(texts)),
      'item->picture': nearest,
    },
  };
}

function asked(item: SampleItem): Vector {
  return item.queries[0] ?? item.short ?? item.title;
}

function wordCosines(items: readonly SampleItem[]): CosineSample {
  const typed = items.filter((item) => item.queries.length > 0 || item.short !== undefined);
  const used = typed.length > 0 ? typed : items.slice(0, MOST);
  return pairedCosines(
    used.map(asked),
    used.map((item) => unit(itemText(item))),
  );
}

function bridgedCosines(
  { items, standardised, heldOut }: PictureEvidence,
  bridge: Bridge,
): { readonly words: CosineSample; readonly picture: CosineSample } {
  const strangers = items.slice(0, heldOut);
  const pictures = carry(bridge, standardised.slice(0, heldOut));
  return {
    words: pairedCosines(
      strangers.map((item) => centred(bridge, asked(item))),
      pictures,
    ),
    picture: pairedCosines(
      pictures.map((picture) => acrossTexts(bridge, picture)),
      strangers.map((item) => unit(itemText(item))),
    ),
  };
}
