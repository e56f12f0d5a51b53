import type { ViewerRef } from '../../src/vocabulary/search-request.ts';
import type { ItemVectors, ShownWindow } from '../../src/vocabulary/shown.ts';

/** What retrieval knows about a query and about items, as user-profile needs it; wired by the composition root. */
export interface EvidenceSource {
  /** What the query showed, or undefined when its log entry has expired or never was. */
  shown(queryId: string): Promise<ShownWindow | undefined>;
  /** Vectors of the items that the serving generation has, in one generation. */
  vectors(ids: readonly string[]): Promise<{ readonly generation: string; readonly items: readonly ItemVectors[] }>;
  /** Random items of the serving generation, for evidence where nothing was shown. */
  sample(count: number): Promise<{ readonly generation: string; readonly items: readonly ItemVectors[] }>;
  /** Erases from the query log what the viewer asked and was shown; resolves to how many entries went. */
  forget(viewer: ViewerRef): Promise<number>;
}

/** Knows nothing: for programs that record no events. */
export const NO_EVIDENCE_SOURCE: EvidenceSource = {
  shown: () => Promise.resolve(undefined),
  vectors: () => Promise.resolve({ generation: '', items: [] }),
  sample: () => Promise.resolve({ generation: '', items: [] }),
  forget: () => Promise.resolve(0),
};
