import { lexicalK } from './calibration.ts';
import { drawSample } from './draw-sample.ts';
import type { DrawnSample, LoggedQuery } from './draw-sample.ts';
import type { EncodedItem } from '../encoding/encode-items.ts';
import type { EncodeCataloguePorts } from '../encoding/encode-catalogue.ts';
import { fitInThread } from './fit-thread.ts';
import type { Fitting } from './fitting.ts';
import { lexicalSamples } from './lexical-sample.ts';

export interface FitCataloguePorts extends Pick<
  EncodeCataloguePorts,
  'encoders' | 'encodings' | 'onProgress' | 'signal'
> {
  /** Queries that led to a click or purchase; they teach the bridge. */
  readonly loggedQueries?: readonly LoggedQuery[];
}

/** Fits everything in closed form to a sample of a catalogue that is encoded; answers the sample, too. Errors: the reason of the signal. */
export async function fitCatalogue(
  encoded: readonly EncodedItem[],
  { encoders, encodings, loggedQueries = [], onProgress, signal }: FitCataloguePorts,
): Promise<{ readonly fitting: Fitting; readonly drawn: DrawnSample }> {
  onProgress?.({ phase: 'fitting', done: 0, total: 1 });
  const drawn = await drawSample(encoded, loggedQueries, { encoders, encodings });
  const k = lexicalK(lexicalSamples(drawn.items.map(({ item }) => item)));
  const fitting = await fitInThread(drawn.sample, { lexicalK: k }, signal);
  onProgress?.({ phase: 'fitting', done: 1, total: 1 });
  return { fitting, drawn };
}
