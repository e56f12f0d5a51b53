import type { EncodedPart, QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { SearchQuery, SimilarItemsQuery } from '../../src/vocabulary/search-request.ts';
import { isFiniteVector, norm, unit } from '../../src/vocabulary/vector.ts';
import type { Vector } from '../../src/vocabulary/vector.ts';
import type { Fitting } from './catalogue/fitting.ts';
import type { ItemIndex, Probe } from './index/item-index.ts';
import type { ProbePlan } from './ranking/evidence.ts';
import type { Degradation } from './ranking/window.ts';
import type { Serving, ServingIndex } from './serving-index.ts';

/** A probe of the index together with how ranking reads it. */
export type PlannedProbe = Probe & ProbePlan;

/** What a request compares: the words for BM25 and a probe per route. */
export interface QueryPlan {
  readonly words?: string;
  readonly probes: readonly PlannedProbe[];
  /** Items that the query is about; they do not answer it. */
  readonly itself: readonly string[];
  readonly degradations: readonly Degradation[];
}

/** Leads every part of a search to the evidence of items, by the routes that the generation has. */
export async function planSearch(
  request: SearchQuery,
  encoding: QueryEncoding | null,
  index: ServingIndex,
): Promise<QueryPlan> {
  const serving = index.serving();
  const words = request.parts.flatMap((part) => (part.kind === 'TEXT' && part.weight > 0 ? [part.text] : [])).join(' ');
  const toEncode = request.parts.filter(({ kind }) => kind !== 'ITEM').length;
  const lost = lostParts(toEncode, encoding);
  const parts = await Promise.all((encoding?.parts ?? []).map((part) => probesOfPart(part, serving)));
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
  const { probes, degradations } = await probesOfItems(items, index);
  return { probes, itself: items.map(({ id }) => id), degradations };
}

interface Planned {
  readonly probes: readonly PlannedProbe[];
  readonly degradations: readonly Degradation[];
}

const UNREACHABLE: Degradation = {
  code: 'QUERY_EMBEDDING_UNREACHABLE',
  message: 'Meaning and looks could not be compared for this query; it was answered by words alone.',
};

function lostParts(toEncode: number, encoding: QueryEncoding | null): readonly Degradation[] {
  if (encoding === null) return toEncode > 0 ? [UNREACHABLE] : [];
  return encoding.parts.length < toEncode ? [LEFT_OUT] : [];
}

const LEFT_OUT: Degradation = {
  code: 'VECTOR_REFUSED',
  message: 'A part of the query could not be compared; it was left out.',
};

async function probesOfPart(part: EncodedPart, { head, fitting }: Serving): Promise<Planned> {
  const expected = part.modality === 'TEXT' ? head.textSpace : head.imageSpace;
  if (part.space !== expected)
    return refused(
      'SPACE_MISMATCH',
      'A part of the query was encoded by a model that this index was not made with; it was left out.',
    );
  if (!isFiniteVector(part.vector) || norm(part.vector) === 0) return { probes: [], degradations: [LEFT_OUT] };
  return part.modality === 'TEXT' ? textRoutes(part, fitting) : pictureRoutes(part, fitting);
}

function textRoutes({ vector, weight }: EncodedPart, fitting: Fitting): Planned {
  const centred = fitting.centreQuery(vector);
  const looks: readonly PlannedProbe[] = centred
    ? [{ column: 'bridged', signal: 'IMAGE', route: 'words->picture', vector: centred, weight }]
    : [];
  return {
    probes: [{ column: 'text', signal: 'TEXT', route: 'words->text', vector: unit(vector), weight }, ...looks],
    degradations: centred ? [] : [NO_BRIDGE],
  };
}

async function pictureRoutes({ vector, weight }: EncodedPart, fitting: Fitting): Promise<Planned> {
  const bridged = await fitting.bridgeQueryPicture(vector);
  const text: readonly PlannedProbe[] = bridged
    ? [{ column: 'text', signal: 'TEXT', route: 'picture->text', vector: bridged, weight }]
    : [];
  const looks = fitting.looksOf(vector);
  const image: readonly PlannedProbe[] = looks
    ? [{ column: 'looks', signal: 'IMAGE', route: 'picture->picture', vector: looks, weight }]
    : [];
  return { probes: [...image, ...text], degradations: bridged ? [] : [NO_BRIDGE] };
}

const NO_BRIDGE: Degradation = {
  code: 'ROUTE_MISSING',
  message: 'This catalogue has too few or too unlike pairs of words and pictures to compare one with the other.',
};

async function probesOfItems(
  items: readonly { readonly id: string; readonly weight: number }[],
  index: ItemIndex,
): Promise<Planned> {
  if (items.length === 0) return { probes: [], degradations: [] };
  const stored = await index.vectors(items.map(({ id }) => id));
  const probes = items.flatMap(({ weight }, i): PlannedProbe[] => {
    const vectors = stored[i];
    if (!vectors) return [];
    const text: PlannedProbe[] = vectors.text
      ? [{ column: 'text', signal: 'TEXT', route: 'item->text', vector: vectors.text, weight }]
      : [];
    const looks: PlannedProbe[] = vectors.looks
      ? [{ column: 'looks', signal: 'IMAGE', route: 'item->picture', vector: vectors.looks, weight }]
      : [];
    return [...text, ...looks];
  });
  const gone = items.filter((_, i) => stored[i] === undefined).map(({ id }) => id);
  return {
    probes,
    degradations:
      gone.length > 0
        ? [{ code: 'ITEM_GONE', message: `No item has the id ${gone.join(', ')}; the rest of the query was answered.` }]
        : [],
  };
}

function refused(code: 'SPACE_MISMATCH' | 'VECTOR_REFUSED', message: string): Planned {
  return { probes: [], degradations: [{ code, message }] };
}

function distinct(degradations: readonly Degradation[]): readonly Degradation[] {
  return [
    ...new Map(degradations.map((degradation) => [degradation.code + degradation.message, degradation])).values(),
  ];
}

/** A probe along the weighted mean of vectors of one column; undefined where they cancel out. */
export function meanProbe(probe: Omit<PlannedProbe, 'vector'>, vector: Vector): readonly PlannedProbe[] {
  return norm(vector) === 0 ? [] : [{ ...probe, vector: unit(vector) }];
}
