import type { EncodedPart, QueryEncoding } from '../../src/vocabulary/encoding.ts';
import type { SearchQuery, SearchRequest } from '../../src/vocabulary/search-request.ts';
import { readTilt } from '../../src/vocabulary/tilt.ts';
import { fromBase64 } from '../../src/vocabulary/vector.ts';
import { NO_TASTE } from '../../src/vocabulary/viewer.ts';
import type { Taste, Viewer } from '../../src/vocabulary/viewer.ts';

/** What the gateway sends of an entity: custom scalars come as they travelled, not coerced. */
export interface Representation<Request extends SearchRequest> {
  readonly id: string;
  readonly request: Request;
  readonly encoding?: WireEncoding | null;
  readonly viewer?: { readonly tilt?: unknown; readonly taste?: Taste | null } | null;
}

interface WireEncoding {
  readonly parts?: readonly WirePart[] | null;
  readonly tilt?: unknown;
  readonly refusal?: QueryEncoding['refusal'] | null;
}

interface WirePart {
  readonly modality: EncodedPart['modality'];
  readonly space: string;
  readonly weight: number;
  readonly vector: string;
}

export function encodingOf({ encoding }: Representation<SearchQuery>): QueryEncoding | null {
  if (!encoding) return null;
  const parts = (encoding.parts ?? []).map((part) => ({ ...part, vector: fromBase64(part.vector) }));
  return { parts, tilt: readTilt(encoding.tilt), refusal: encoding.refusal ?? undefined };
}

export function viewerOf({ viewer }: Representation<SearchRequest>): Viewer | null {
  return viewer ? { tilt: readTilt(viewer.tilt), taste: viewer.taste ?? NO_TASTE } : null;
}
