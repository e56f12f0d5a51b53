import { MedleyError } from '../../../src/runtime/errors.ts';
import type { GenerationBuild } from '../index/item-index.ts';
import { LEAST_GOOD } from './encoding/encode-catalogue.ts';
import type { EncodeCataloguePorts } from './encoding/encode-catalogue.ts';
import { encodingsOf } from './encoding/encode-items.ts';
import type { EncodedItem } from './encoding/encode-items.ts';
import type { Fitting } from './fitting/fitting.ts';
import { itemRows } from './item-rows.ts';

export interface WriteItemsPorts extends Pick<
  EncodeCataloguePorts,
  'encoders' | 'encodings' | 'onProgress' | 'onProblem' | 'signal'
> {
  readonly build: Pick<GenerationBuild, 'write'>;
  readonly fitting: Fitting;
}

/** Items of one write. */
const WRITE = 1000;

/**
 * Writes encoded items into a generation, as its fitting sees them. Resolves to the ids of those that the index refused, each of which
 * is told.
 *
 * @throws MedleyError INVALID_CATALOGUE where it refuses most of them. The reason of the signal.
 */
export async function writeItems(
  encoded: readonly EncodedItem[],
  { build, fitting, encoders, encodings, onProgress, onProblem, signal }: WriteItemsPorts,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let at = 0; at < encoded.length; at += WRITE) {
    const part = encoded.slice(at, at + WRITE);
    const vectors = await encodingsOf(
      part.map(({ keys }) => keys),
      { encoders, encodings },
    );
    const items = part.flatMap(({ item }, i) => {
      const own = vectors[i];
      return own ? [{ item, encodings: own }] : [];
    });
    signal?.throwIfAborted();
    for (const refused of await build.write(await itemRows(items, fitting))) {
      ids.add(refused.id);
      onProblem?.({ ...refused, left: 'item' });
    }
    refuseHopeless(ids.size, encoded.length);
    onProgress?.({ phase: 'writing', done: Math.min(encoded.length, at + WRITE), total: encoded.length });
  }
  return ids;
}

/** Found out as soon as it is certain: a cluster that refuses a million items says so of each. */
function refuseHopeless(refused: number, all: number): void {
  if (refused <= (1 - LEAST_GOOD) * all) return;
  throw new MedleyError(
    'INVALID_CATALOGUE',
    `The search index refuses most of the ${all} items, ${refused} so far. Nothing was changed. The report file says why.`,
  );
}
