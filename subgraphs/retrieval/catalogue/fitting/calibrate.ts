import { unit } from '../../../../src/vocabulary/vector.ts';
import type { Vector } from '../../../../src/vocabulary/vector.ts';
import { acrossTexts, centred } from './bridge.ts';
import type { TextSide } from './bridge.ts';
import { calibrateRoute, lexicalK, NO_TOWERS } from './calibration.ts';
import type { Calibration, CosineSample } from './calibration.ts';
import { neighbourCosines, pairedCosines } from './cosine-samples.ts';
import { itemText } from './fit-sample.ts';
import type { FitSample, PicturedItem, SampleItem, TypedQuery } from './fit-sample.ts';
import { project } from './projection.ts';
import { fitForetelling } from './query-calibration.ts';
import type { Projection } from './projection.ts';

/** What was fitted to the pictures. */
export interface PictureEvidence {
  readonly standardised: readonly Vector[];
  readonly projection: Projection;
  /** Absent without a bridge. */
  readonly bridged?: BridgeRoutes;
}

/** Pictures that are strangers to the bridge that carried them. */
export interface CarriedPictures {
  readonly strangers: readonly PicturedItem[];
  readonly carried: readonly Vector[];
  readonly texts: TextSide;
}

export type BridgeRoutes = Pick<Calibration['routes'], 'words->picture' | 'picture->text'>;

const NOTHING: CosineSample = { matching: [], random: [] };
const NO_BRIDGE: BridgeRoutes = { 'words->picture': calibrateRoute(NOTHING), 'picture->text': calibrateRoute(NOTHING) };
const MOST = 2000;

/**
 * Measures every route on the catalogue itself. Words are compared as viewers type them: logged queries where there are, short ones
 * made of an item's words elsewhere.
 */
export function calibrate(
  sample: FitSample,
  { lexicalK: k, evidence }: { lexicalK?: number; evidence?: PictureEvidence },
): Calibration {
  const texts = sample.items.slice(0, MOST).map((item) => unit(itemText(item)));
  const looks = evidence ? project(evidence.projection, evidence.standardised.slice(0, MOST)) : [];
  const nearest = calibrateRoute(neighbourCosines(looks));
  return {
    lexicalK: k ?? lexicalK([]),
    routes: {
      'words->text': calibrateRoute(wordCosines(sample.items)),
      'picture->picture': nearest,
      'item->text': calibrateRoute(neighbourCosines(texts)),
      'item->picture': nearest,
      ...(evidence?.bridged ?? NO_BRIDGE),
      ...NO_TOWERS,
    },
  };
}

/** What a viewer types for the item. */
export function asked({ queries, short, says, title }: SampleItem): TypedQuery {
  return queries[0] ?? short ?? { text: says.title, vector: title };
}

function wordCosines(items: readonly SampleItem[]): CosineSample {
  const typed = items.filter((item) => item.queries.length > 0 || item.short !== undefined);
  const used = typed.length > 0 ? typed : items.slice(0, MOST);
  return pairedCosines(
    used.map((item) => asked(item).vector),
    used.map((item) => unit(itemText(item))),
  );
}

/** Only strangers speak for a bridge: it flatters what it was fitted to. */
export function bridgeRoutes({ strangers, carried, texts: side }: CarriedPictures): BridgeRoutes {
  const words = strangers.map((item) => {
    const { vector, text } = asked(item);
    return centred(side, vector, text);
  });
  const pictures = carried.map((picture) => acrossTexts(side, picture));
  const texts = strangers.map((item) => unit(itemText(item)));
  const shown = pairedCosines(words, carried);
  return {
    'words->picture': { ...calibrateRoute(shown), foretelling: fitForetelling(words, carried, shown.random) },
    'picture->text': calibrateRoute(pairedCosines(pictures, texts)),
  };
}
