import type { Modality } from './modality.ts';
import type { Tilt } from './tilt.ts';
import type { Vector } from './vector.ts';

/** One text or picture of a query, as a vector of the named space. */
export interface EncodedPart {
  readonly modality: Modality;
  readonly space: string;
  readonly weight: number;
  readonly vector: Vector;
}

/** A query as query-embedding understood it. `failures` are the parts that could not be encoded; the others still count. */
export interface QueryEncoding {
  readonly parts: readonly EncodedPart[];
  readonly tilt: Tilt;
  /** A picture of the query that cannot be used; whoever asks can mend it, so the search fails with this. */
  readonly refusal?: { readonly code: string; readonly message: string };
}
