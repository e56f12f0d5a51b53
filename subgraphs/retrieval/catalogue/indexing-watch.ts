import type { EncodeCataloguePorts } from './encoding/encode-catalogue.ts';

/** What the one who asked for a build wants to hear of it, and how it is interrupted. */
export type IndexingWatch = Pick<EncodeCataloguePorts, 'onProgress' | 'onProblem' | 'signal'>;
