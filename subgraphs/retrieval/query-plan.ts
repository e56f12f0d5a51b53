import type { EncodedPart } from '../../src/vocabulary/encoding.ts';
import type { SearchQuery, SimilarItemsQuery } from '../../src/vocabulary/search-request.ts';
import type { BySignal } from '../../src/vocabulary/signal.ts';
import { isFiniteVector, norm, unit } from '../../src/vocabulary/vector.ts';
import { calibratedFor } from './catalogue/fitting/query-calibration.ts';
import type { Fitting } from './catalogue/fitting/fitting.ts';
import { itemProbe, probesOfCompanions, probesOfItems } from './item-probes.ts';
import type { PlannedProbe, PlannedProbes } from './planned-probe.ts';
import type { Degradation } from './ranking/window.ts';
import { withWords } from './said-parts.ts';
import type { SaidEncoding, SaidPart } from './said-parts.ts';
import type { Serving, ServingIndex } from './serving-index.ts';

/** What a request compares: the words for BM25 and a probe per route. */
export interface QueryPlan {
  readonly words?: string;
  /** What the shop says that the words mean, which rules are about; the words where absent. */
  readonly meaning?: string;
  /** Terms of the words that are meant as they are written, though no item has them. */
  readonly literal?: readonly string[];
  readonly probes: readonly PlannedProbe[];
  /** Items that the query is about; they do not answer it. */
  readonly itself: readonly string[];
  readonly degradations: readonly Degradation[];
  /** What the signals count where the question itself settles that, in the place of the profile's priors. */
  readonly weights?: BySignal<number>;
}

/** Leads every part of a search to the evidence of items, by the routes that the generation has. */
export async function planSearch(
  request: SearchQuery,
  encoding: SaidEncoding | null,
  index: ServingIndex,
): Promise<QueryPlan> {
  const serving = index.serving();
  const words = request.parts.flatMap((part) => (part.kind === 'TEXT' && part.weight > 0 ? [part.text] : [])).join(' ');
  const toEncode = request.parts.filter(({ kind }) => kind !== 'ITEM').length;
  const own = withWords(partsOf(serving.head, encoding), request.parts);
  const lost = lostParts(toEncode, own, encoding);
  const parts = await Promise.all(own.map((part) => probesOfPart(part, serving.fitting)));
  const items = request.parts.flatMap((part) =>
    part.kind === 'ITEM' ? [{ id: part.itemId, weight: part.weight }] : [],
  );
  const stored = await probesOfItems(items, index);
  const all = [...parts, stored];
  return {
    ...(words && { words }),
    probes: all.flatMap(({ probes }) => probes),
    itself: items.map(({ id }) => id),
    degradations: distinct([...lost, ...all.flatMap(({ degradations }) => degradations)]),
  };
}

/** Similar items ask no encoder: the stored vectors of the named items are the query. */
export async function planSimilar(request: SimilarItemsQuery, index: ServingIndex): Promise<QueryPlan> {
  const items = [...request.like, ...request.unlike.map(({ id, weight }) => ({ id, weight: -weight }))];
  const itself = items.map(({ id }) => id);
  if (request.similarity !== 'CO_OCCURRING') return { ...(await probesOfItems(items, index)), itself };
  const { probes, degradations } = await probesOfCompanions(items, index);
  if (probes.length > 0) return { probes, degradations, itself, weights: TOGETHER_ALONE };
  const alike = await probesOfItems(items, index);
  return { probes: alike.probes, itself, degradations: [...alike.degradations, NO_COMPANIONS] };
}

/** Probes of companions speak for ITEM, the one signal that they have. */
export const TOGETHER_ALONE: BySignal<number> = { ITEM: 1 };

const NO_COMPANIONS: Degradation = {
  code: 'ROUTE_MISSING',
  message: 'What viewers choose together was not learned for this catalogue; similar items are shown instead.',
};

const UNREACHABLE: Degradation = {
  code: 'QUERY_EMBEDDING_UNREACHABLE',
  message: 'Meaning and looks could not be compared for this query; it was answered by words alone.',
};

/** What was encoded by the models of the generation: while they are changed, parts come as vectors of the old and the new ones. */
function partsOf(head: Serving['head'], encoding: SaidEncoding | null): readonly SaidPart[] {
  const spaces = { TEXT: head.textSpace, IMAGE: head.imageSpace };
  return (encoding?.parts ?? []).filter(({ modality, space }) => space === spaces[modality]);
}

function lostParts(
  toEncode: number,
  own: readonly EncodedPart[],
  encoding: SaidEncoding | null,
): readonly Degradation[] {
  if (encoding === null) return toEncode > 0 ? [UNREACHABLE] : [];
  if (own.length >= toEncode) return [];
  return [own.length < encoding.parts.length ? MISMATCH : LEFT_OUT];
}

const MISMATCH: Degradation = {
  code: 'SPACE_MISMATCH',
  message: 'A part of the query was encoded by a model that this index was not made with; it was left out.',
};

const LEFT_OUT: Degradation = {
  code: 'VECTOR_REFUSED',
  message: 'A part of the query could not be compared; it was left out.',
};

async function probesOfPart(part: SaidPart, fitting: Fitting): Promise<PlannedProbes> {
  if (!isFiniteVector(part.vector) || norm(part.vector) === 0) return { probes: [], degradations: [LEFT_OUT] };
  return part.modality === 'TEXT' ? textRoutes(part, fitting) : pictureRoutes(part, fitting);
}

async function textRoutes({ vector, text, weight }: SaidPart, fitting: Fitting): Promise<PlannedProbes> {
  const centred = fitting.centreQuery(vector, text);
  const route = 'words->picture';
  const calibration = centred ? calibratedFor(fitting.calibration.routes[route], centred) : undefined;
  const looks: readonly PlannedProbe[] = centred
    ? [{ column: 'bridged', signal: 'IMAGE', route, vector: centred, weight, calibration }]
    : [];
  const item = itemProbe('words->item', await fitting.towers.words(vector), weight);
  return {
    probes: [{ column: 'text', signal: 'TEXT', route: 'words->text', vector: unit(vector), weight }, ...looks, ...item],
    degradations: centred ? [] : [NO_BRIDGE],
  };
}

async function pictureRoutes({ vector, weight }: EncodedPart, fitting: Fitting): Promise<PlannedProbes> {
  const bridged = await fitting.bridgeQueryPicture(vector);
  const text: readonly PlannedProbe[] = bridged
    ? [{ column: 'text', signal: 'TEXT', route: 'picture->text', vector: bridged, weight }]
    : [];
  const looks = fitting.looksOf(vector);
  const image: readonly PlannedProbe[] = looks
    ? [{ column: 'looks', signal: 'IMAGE', route: 'picture->picture', vector: looks, weight }]
    : [];
  const [standardised] = fitting.standardised([vector]);
  const item = itemProbe('picture->item', standardised && (await fitting.towers.picture(standardised)), weight);
  return { probes: [...image, ...text, ...item], degradations: bridged ? [] : [NO_BRIDGE] };
}

const NO_BRIDGE: Degradation = {
  code: 'ROUTE_MISSING',
  message: 'This catalogue has too few or too unlike pairs of words and pictures to compare one with the other.',
};

function distinct(degradations: readonly Degradation[]): readonly Degradation[] {
  return [
    ...new Map(degradations.map((degradation) => [degradation.code + degradation.message, degradation])).values(),
  ];
}
